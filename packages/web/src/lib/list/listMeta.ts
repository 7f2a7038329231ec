import { textState } from "#lib/content/textState.ts";
import type { Say } from "#lib/languages/words.ts";
import type { PageMeta } from "#lib/page/meta.ts";

/** What a list says about itself. `file` is where its text stands, below the language's folder. */
export function listMeta(
  say: Say,
  tag: string,
  title: string,
  description: string,
  path: string,
  file: string,
): PageMeta {
  return {
    title: `${title} · sipwhy`,
    description,
    path,
    crumbs: [{ name: say("nav.home"), path: "" }],
    text: textState(tag, file),
    schema: { "@type": "CollectionPage", name: title, description },
  };
}
