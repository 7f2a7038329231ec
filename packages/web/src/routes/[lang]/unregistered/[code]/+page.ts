import { describeCode } from "@sipwhy/core/reference";
import { error } from "@sveltejs/kit";
import { wordsOf } from "#lib/languages/words.ts";
import { entryMeta } from "#lib/list/entryMeta.ts";
import { inEveryLanguage, named } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(named.unregistered.map((code) => ({ code })));

export const load: PageLoad = async ({ params, parent }) => {
  if (!named.unregistered.includes(params.code)) error(404);
  const { say } = await parent();
  const page = describeCode(Number(params.code), await wordsOf(params.lang).reference());
  const above = { name: say("nav.unregistered"), path: "unregistered/" };
  return { page, meta: entryMeta(page, params.lang, `unregistered/${params.code}/`, above, "unregistered.json") };
};
