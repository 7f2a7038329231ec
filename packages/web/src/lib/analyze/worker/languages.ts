import type { Language } from "@sipwhy/core/language";

const loaders = import.meta.glob<{ language: Language }>("../../../../../core/src/language/languages/*.ts");

/** The catalogue of one language; only that one is loaded. */
export async function loadLanguage(tag: string): Promise<Language> {
  const load = Object.entries(loaders).find(([path]) => path.endsWith(`/${tag}.ts`))?.[1];
  if (load === undefined) throw new RangeError(`no language ${tag}`);
  return (await load()).language;
}
