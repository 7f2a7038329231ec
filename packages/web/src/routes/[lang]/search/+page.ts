import { inEveryLanguage } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageLoad } from "./$types";

/** It answers what was typed into a form. */
export const csr = true;

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ parent }) => {
  const { say } = await parent();
  const meta: PageMeta = {
    title: `${say("search.title")} · sipwhy`,
    description: say("search.label"),
    path: "search/",
    crumbs: [{ name: say("nav.home"), path: "" }],
    noIndex: true,
  };
  return { meta };
};
