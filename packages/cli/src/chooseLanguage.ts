import { locales, matchLocale, type Language } from "@sipwhy/core/language";
import { chosenTag } from "./chosenTag.ts";

/** The language that the arguments and the environment ask for. */
export async function chooseLanguage(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Language> {
  return loadLanguage(chosenTag(args, env));
}

/** True when `--lang` names a language that is spoken here, in this region's way or another's. */
export function isSpoken(tag: string): boolean {
  return matchLocale([tag], locales) !== undefined;
}

/** The tags of all languages. */
export function spokenTags(): readonly string[] {
  return locales.map(({ tag }) => tag);
}

async function loadLanguage(tag: string): Promise<Language> {
  const { language } = (await import(`@sipwhy/core/language/${tag}`)) as { language: Language };
  return language;
}
