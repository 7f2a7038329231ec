import { locales, matchLocale, type Language } from "@sipwhy/core/language";

/** The language of `--lang`, or of LC_ALL, LC_MESSAGES, LANG (the first that is set, as POSIX has it), or English. */
export async function chooseLanguage(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Language> {
  const asked =
    languageFlag(args) ?? [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((name) => name !== undefined && name !== "");
  const locale = matchLocale(asked === undefined ? [] : [asked], locales);
  return loadLanguage(locale?.tag ?? fallbackTag);
}

/** True when `--lang` names a language that is spoken here, in this region's way or another's. */
export function isSpoken(tag: string): boolean {
  return matchLocale([tag], locales) !== undefined;
}

/** The tags of all languages. */
export function spokenTags(): readonly string[] {
  return locales.map(({ tag }) => tag);
}

// Read before the command line is parsed: its errors are already told in this language.
function languageFlag(args: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (arg === "--") return undefined;
    if (arg === "--lang") return args[index + 1];
    if (arg.startsWith("--lang=")) return arg.slice("--lang=".length);
  }
  return undefined;
}

async function loadLanguage(tag: string): Promise<Language> {
  const { language } = (await import(`@sipwhy/core/language/${tag}`)) as { language: Language };
  return language;
}

const fallbackTag = "en";
