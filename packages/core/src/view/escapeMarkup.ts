import { visible } from "./page.ts";

/**
 * Text from the report for HTML or SVG: what would act on a reader (controls, bidirectional controls, line breaks) is made visible,
 * markup is escaped for text and for quoted attributes alike, and it is cut where no reader would read on.
 */
export function escapeMarkup(text: string, columns?: number): string {
  return visible(text, columns).replace(/[&<>"'\ufffe\uffff]/gu, (character) => references[character] ?? "\ufffd");
}

/** A sentence of the report for HTML, its `code spans` as such. */
export function proseMarkup(text: string): string {
  return escapeMarkup(text).replace(/`([^`]+)`/gu, "<code>$1</code>");
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
