import type { Facts } from "../../packages/core/src/reference/facts.ts";
import { readJson } from "./paths.ts";

interface Rfc {
  readonly title: string;
  readonly sections: Readonly<Record<string, string>>;
}

/** A section that a text points to. */
export interface CitedSection {
  readonly rfc: string;
  readonly section: string;
}

/** What may be cited: content/rfcs.json. */
export function readRfcs(root: string): Readonly<Record<string, Rfc>> {
  return readJson<Record<string, Rfc>>(root, "content/rfcs.json") ?? {};
}

/** Every `RFC 3261 §8.2 §21.4` of a text, one entry a section, in order; a section may be followed by a comma and the next. */
export function citedSections(text: string): CitedSection[] {
  const cited: CitedSection[] = [];
  for (const [, rfc, list] of text.matchAll(/RFC (\d{3,5})((?:,? §[\dA-Z][\dA-Z.]*)+)/gu)) {
    for (const [, section] of list.matchAll(/§([\dA-Z][\dA-Z.]*)/gu)) {
      cited.push({ rfc, section: section.replace(/\.+$/u, "") });
    }
  }
  return cited;
}

/** The titles of everything that a text cites, in order of number. */
export function citedRfcs(root: string, text: string): Facts["rfcs"] {
  const rfcs = readRfcs(root);
  const cited: Record<string, { title: string; sections: Record<string, string> }> = {};
  const sorted = citedSections(text).sort(
    (a, b) => Number(a.rfc) - Number(b.rfc) || a.section.localeCompare(b.section, "en", { numeric: true }),
  );
  for (const { rfc, section } of sorted) {
    const title = rfcs[rfc]?.sections[section];
    if (title === undefined) continue;
    cited[rfc] ??= { title: rfcs[rfc].title, sections: {} };
    cited[rfc].sections[section] = title;
  }
  return cited;
}
