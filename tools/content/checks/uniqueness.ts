import { begunLocales } from "../locales.ts";
import { readProse } from "../referenceModules.ts";
import type { Problem } from "./problem.ts";

/** No summary, description, situation or deciding fact is told of two codes or two pairs: a reader must see what is particular. */
export function checkUniqueness(root: string): Problem[] {
  return begunLocales(root).flatMap(({ tag }) => {
    const { codes, pairs } = readProse(root, tag);
    return [
      ...repeated(codes, (prose) => [prose.summary, ...prose.says, ...prose.seen], `content/${tag}/codes`),
      ...repeated(
        pairs,
        (prose) => [prose.title, ...prose.fact, ...prose.trace, ...prose.choose],
        `content/${tag}/pairs`,
      ),
    ];
  });
}

function repeated<T>(
  pages: Readonly<Record<string, T>>,
  textsOf: (page: T) => readonly string[],
  folder: string,
): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(pages).flatMap(([name, page]) =>
    textsOf(page).flatMap((text): Problem[] => {
      const first = seen.get(text);
      if (text !== "" && first === undefined) seen.set(text, name);
      return first === undefined
        ? []
        : [{ path: `${folder}/${name}.md`, message: `says the same as ${first}: ${text.slice(0, 60)}` }];
    }),
  );
}
