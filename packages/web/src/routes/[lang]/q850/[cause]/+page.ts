import { describeQ850 } from "@sipwhy/core/reference";
import { error } from "@sveltejs/kit";
import { wordsOf } from "#lib/languages/words.ts";
import { entryMeta } from "#lib/list/entryMeta.ts";
import { inEveryLanguage, named } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(named.causes.map((cause) => ({ cause })));

export const load: PageLoad = async ({ params, parent }) => {
  if (!named.causes.includes(params.cause)) error(404);
  const { say } = await parent();
  const page = describeQ850(Number(params.cause), await wordsOf(params.lang).reference());
  const above = { name: say("nav.q850"), path: "q850/" };
  return { page, meta: entryMeta(page, params.lang, `q850/${params.cause}/`, above, "q850.json") };
};
