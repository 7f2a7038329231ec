import { inEveryLanguage } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageLoad } from "./$types";

/** What the service worker shows instead of a page that it does not have. */
export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ parent }) => {
  const { say } = await parent();
  const meta: PageMeta = {
    title: `${say("offline.title")} · sipwhy`,
    description: say("offline.title"),
    path: "offline/",
    crumbs: [],
    noIndex: true,
  };
  return { meta };
};
