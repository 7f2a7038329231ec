import { describeCode, facts, nameOf, responseCode, type Page, type ReferenceLanguage } from "@sipwhy/core/reference";
import { codesIn } from "./directPath.ts";
import type { FoundPage } from "./findPages.ts";

/** Of a query with more, the first by number. */
const MOST = 4;

/** What can be said of the numbers in a query, where no page has all of its words. */
export interface NamedCodes {
  /** Those that have a page of their own. */
  readonly pages: readonly FoundPage[];
  /** Those that nobody registered: how a client treats them, and which ones are near. */
  readonly unknown: readonly Page[];
}

export function namedCodes(query: string, language: ReferenceLanguage): NamedCodes {
  const codes = codesIn(query).slice(0, MOST);
  const pages = codes.flatMap((code): FoundPage[] => {
    const known = facts.unregistered.find((entry) => entry.code === code);
    if (responseCode(code) !== undefined)
      return [{ kind: "code", title: nameOf(code), text: language.codes[code]?.summary ?? "", path: `codes/${code}/` }];
    if (known === undefined) return [];
    const text = language.unregistered[code]?.says ?? "";
    return [{ kind: "unregistered", title: `${code} ${known.phrase}`, text, path: `unregistered/${code}/` }];
  });
  const unknown = codes.map((code) => describeCode(code, language)).filter(({ kind }) => kind === "unknown");
  return { pages, unknown };
}
