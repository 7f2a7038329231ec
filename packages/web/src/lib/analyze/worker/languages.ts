import type { Language } from "@sipwhy/core/language";

/** The file with the language did not come: there is no network, and it was not kept. */
export class NotLoaded extends Error {}

const loaders = import.meta.glob<{ language: Language }>("../../../../../core/src/language/languages/*.ts");

/** The catalogue of one language; only that one is loaded. */
export async function loadLanguage(tag: string): Promise<Language> {
  const load = Object.entries(loaders).find(([path]) => path.endsWith(`/${tag}.ts`))?.[1];
  if (load === undefined) throw new RangeError(`no language ${tag}`);
  return load().then(
    ({ language }) => language,
    (error: unknown) => Promise.reject(new NotLoaded(tag, { cause: error })),
  );
}
