// Generated from content/ by `npm run generate`. Do not edit.
import type { Locale } from "./locale.ts";

/** Languages with a tree in content/. */
export const locales: readonly Locale[] = [
  { tag: "en", name: "English", direction: "ltr" },
  { tag: "ja", name: "日本語", direction: "ltr", fallback: "en" },
  { tag: "de", name: "Deutsch", direction: "ltr", fallback: "en" },
  { tag: "es", name: "Español", direction: "ltr", fallback: "en" },
  { tag: "fr", name: "Français", direction: "ltr", fallback: "en" },
  { tag: "pt-BR", name: "Português (Brasil)", direction: "ltr", fallback: "en" },
  { tag: "ko", name: "한국어", direction: "ltr", fallback: "en" },
  { tag: "zh-Hans", name: "简体中文", direction: "ltr", fallback: "en" },
];
