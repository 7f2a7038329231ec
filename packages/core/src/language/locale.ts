/** A language that sipwhy speaks, from content/locales.json. */
export interface Locale {
  /** BCP 47: `en`, `pt-BR`, `zh-Hans`. */
  readonly tag: string;
  /** In its own language. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** The tag used where this language has no text yet. */
  readonly fallback?: string;
}

/** Chinese regions that write traditional characters: no match for simplified text. */
const traditionalRegions: readonly string[] = ["TW", "HK", "MO"];

/**
 * The language to use for the tags a reader asked for, best first: BCP 47 (`zh-CN`) or POSIX (`pt_PT.UTF-8`, `C`).
 * `undefined` when none of them is spoken here. RFC 4647 §3.4, with the script of Chinese read from its region.
 */
export function matchLocale(wanted: readonly string[], locales: readonly Locale[]): Locale | undefined {
  for (const tag of wanted) {
    const found = matchOne(tag, locales);
    if (found) return found;
  }
  return undefined;
}

function matchOne(wanted: string, locales: readonly Locale[]): Locale | undefined {
  const subtags = wanted.split(/[.@]/u, 1)[0].split(/[-_]/u);
  const language = subtags[0].toLowerCase();
  const rest = subtags.slice(1).map((subtag) => subtag.toLowerCase());
  const spoken = locales.filter(({ tag }) => tag.split("-", 1)[0] === language);
  const exact = spoken.find(({ tag }) => tag.toLowerCase() === [language, ...rest].join("-"));
  if (exact) return exact;
  if (language === "zh" && readsTraditional(rest)) return spoken.find(({ tag }) => tag === "zh-Hant");
  return spoken[0];
}

function readsTraditional(rest: readonly string[]): boolean {
  if (rest.includes("hans")) return false;
  return rest.includes("hant") || traditionalRegions.some((region) => rest.includes(region.toLowerCase()));
}
