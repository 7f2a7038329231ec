import { formatText, locales, type Locale, type MessageValues } from "@sipwhy/core/language";
import type { Loaders, Strings } from "./loaders.ts";
import { loadersByTag } from "./loaders.generated.ts";
import type { StringKey } from "./stringKey.generated.ts";

/** A string of the site in the reader's language. */
export type Say = (key: StringKey, values?: MessageValues) => string;

export function sayIn(strings: Strings, tag: string): Say {
  return (key, values = {}) => formatText(strings[key], values, tag);
}

/** `undefined` for a tag that is no language of ours. */
export function localeOf(tag: string): Locale | undefined {
  return locales.find((locale) => locale.tag === tag);
}

/** The words of a language that `localeOf` knows. */
export function wordsOf(tag: string): Loaders {
  return loadersByTag[tag];
}
