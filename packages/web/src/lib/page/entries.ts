import { locales } from "@sipwhy/core/language";
import { codes, facts } from "@sipwhy/core/reference";

/** For tests that need every kind of page but not every page. */
const sampleTags = ["en", "ja", "de"];
const samplePairs = ["180-vs-183", "202-vs-502", "480-vs-486", "404-vs-480", "200-vs-202", "401-vs-407", "500-vs-502"];

/** The languages whose pages are built. None: whoever serves the site renders each page when it is asked for. */
export function builtTags(): string[] {
  if (SIPWHY_PAGES === "none") return [];
  const tags = locales.map(({ tag }) => tag);
  return SIPWHY_PAGES === "sample" ? tags.filter((tag) => sampleTags.includes(tag)) : tags;
}

/** One entry for every language built. */
export function inEveryLanguage<T extends object>(params: readonly T[]): (T & { readonly lang: string })[] {
  return builtTags().flatMap((lang) => params.map((each) => ({ ...each, lang })));
}

/** `202-vs-502` for every two codes, the smaller first. */
export function pairNames(): string[] {
  const numbers = codes.map(({ code }) => code);
  return numbers.flatMap((a, index) => numbers.slice(index + 1).map((b) => `${a}-vs-${b}`));
}

/** The pairs whose pages are built. */
export function builtPairs(): string[] {
  return SIPWHY_PAGES === "sample" ? samplePairs : pairNames();
}

/** Codes, causes, warn-codes and the like, as they stand in paths. */
export const named = {
  codes: codes.map(({ code }) => String(code)),
  causes: facts.q850.map(({ cause }) => String(cause)),
  warnings: facts.warnings.map(({ code }) => String(code)),
  protocols: facts.reasons.map(({ protocol }) => protocol),
  unregistered: facts.unregistered.map(({ code }) => String(code)),
} as const;
