import { facts, responseCode } from "@sipwhy/core/reference";

/**
 * The page that a query names outright, below the language: a code, two codes with whatever stands between them (`200 OK vs 202 Accepted`),
 * a cause, a warn-code. `undefined`: look for words.
 */
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
  const [a, b, ...more] = codesIn(query);
  if (a === undefined || more.length > 0) return undefined;
  return b === undefined ? pathOfCode(a, query) : pathOfPair(a, b);
}

/** The different numbers of a query that may be response codes, in ascending order. */
export function codesIn(query: string): number[] {
  const numbers = [...query.matchAll(/(?<!\d)[1-6]\d\d(?!\d)/gu)].map(([number]) => Number(number));
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** Whether a query says nothing but numbers. */
export function isNumbers(query: string): boolean {
  return !/\p{L}/u.test(query.replace(/\bvs?\b|\bsip\b/giu, "")) && /\d/u.test(query);
}

/** With words beside it, other pages may fit better. */
function pathOfCode(code: number, query: string): string | undefined {
  if (!isNumbers(query)) return undefined;
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
