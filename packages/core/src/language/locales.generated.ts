// Generated from content/ by `npm run generate`. Do not edit.
import type { Locale } from "./locale.ts";

/** Languages with a tree in content/. */
export const locales: readonly Locale[] = [{ tag: "en", name: "English", direction: "ltr" }];
