import { listMeta } from "#lib/list/listMeta.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const [title, lead] = [say("about.title"), say("about.what")];
  return { title, lead, meta: listMeta(say, params.lang, title, lead, "about/", "web.json") };
};
