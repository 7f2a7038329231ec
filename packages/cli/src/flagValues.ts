import type { Language } from "@sipwhy/core/language";
import { isSpoken, spokenTags } from "./chooseLanguage.ts";
import { helpText } from "./helpText.ts";

export function parseTag(language: Language, tag: string): string {
  if (isSpoken(tag)) return tag;
  throw new RangeError(helpText(language, "error.languageUnknown", { tag, tags: spokenTags().join(", ") }));
}

export function parseWidth(language: Language, text: string): number {
  const width = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (width >= 40) return width;
  throw new RangeError(helpText(language, "error.width", { width: text }));
}
