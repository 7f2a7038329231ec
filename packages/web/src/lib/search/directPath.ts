import { facts, responseCode } from "@sipwhy/core/reference";

/** The page that a query names outright, below the language: a code, two codes, a cause, a warn-code. `undefined`: look for words. */
export function directPath(query: string): string | undefined {
  const cause = /\b(?:cause|q\.?850)\D{0,12}(\d{1,3})\b/iu.exec(query);
  if (cause !== null)
    return known(
      facts.q850.map((entry) => entry.cause),
      cause[1],
      "q850",
    );
  const warning = /\bwarn(?:ing|-code)?\D{0,3}(\d{3})\b/iu.exec(query);
  if (warning !== null)
    return known(
      facts.warnings.map((entry) => entry.code),
      warning[1],
      "warnings",
    );
  const numbers = [...query.matchAll(/(?<!\d)[1-6]\d\d(?!\d)/gu)].map(([number]) => Number(number));
  const letters = query.replace(/\bvs?\b|\bsip\b|\d/giu, "").replace(/[^\p{L}]/gu, "");
  if (letters !== "" || numbers.length === 0 || numbers.length > 2) return undefined;
  const [a, b] = numbers.toSorted((one, other) => one - other);
  return b === undefined || a === b ? pathOfCode(a) : pathOfPair(a, b);
}

function pathOfCode(code: number): string | undefined {
  if (responseCode(code) !== undefined) return `codes/${code}/`;
  return known(
    facts.unregistered.map((entry) => entry.code),
    String(code),
    "unregistered",
  );
}

function pathOfPair(a: number, b: number): string | undefined {
  return responseCode(a) === undefined || responseCode(b) === undefined ? undefined : `compare/${a}-vs-${b}/`;
}

function known(numbers: readonly number[], text: string, folder: string): string | undefined {
  return numbers.includes(Number(text)) ? `${folder}/${Number(text)}/` : undefined;
}
