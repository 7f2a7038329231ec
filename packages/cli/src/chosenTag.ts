import { locales, matchLocale } from "@sipwhy/core/language";

/** The language of `--lang`, or of LC_ALL, LC_MESSAGES, LANG (the first that is set, as POSIX has it), or English. */
export function chosenTag(args: readonly string[], env: NodeJS.ProcessEnv): string {
  const asked =
    languageFlag(args) ?? [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((name) => name !== undefined && name !== "");
  return matchLocale(asked === undefined ? [] : [asked], locales)?.tag ?? fallbackTag;
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

const fallbackTag = "en";
