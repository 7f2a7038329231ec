import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../../packages/core/src/language/locale.ts";
import { readJson } from "./paths.ts";

/** The language every other one is translated from. */
export const sourceTag = "en";

/** Every language of content/locales.json. */
export function allLocales(root: string): readonly Locale[] {
  return readJson<Locale[]>(root, "content/locales.json") ?? [];
}

/** The languages whose tree has been begun. */
export function begunLocales(root: string): readonly Locale[] {
  return allLocales(root).filter(({ tag }) => existsSync(join(root, "content", tag)));
}
