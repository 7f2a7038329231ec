import type { Block, Page } from "@sipwhy/core/reference";
import { textState } from "#lib/content/textState.ts";
import type { Crumb, PageMeta } from "#lib/page/meta.ts";
import { shortDescription } from "#lib/page/shortDescription.ts";

/** What the page of one entry says about itself: its description is the first thing it says. */
export function entryMeta(page: Page, tag: string, path: string, above: Crumb, file: string): PageMeta {
  const says = page.sections.flatMap(({ blocks }) => blocks).find(isParagraph)?.text ?? page.title;
  const description = shortDescription(says, tag);
  return {
    title: `${page.title} · sipwhy`,
    description,
    path,
    crumbs: [above],
    text: textState(tag, file),
    schema: { "@type": "DefinedTerm", name: page.title, description },
  };
}

function isParagraph(block: Block): block is Extract<Block, { kind: "paragraph" }> {
  return block.kind === "paragraph";
}
