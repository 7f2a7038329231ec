import { describeReason } from "@sipwhy/core/reference";
import { error } from "@sveltejs/kit";
import { wordsOf } from "#lib/languages/words.ts";
import { entryMeta } from "#lib/list/entryMeta.ts";
import { inEveryLanguage, named } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(named.protocols.map((protocol) => ({ protocol })));

export const load: PageLoad = async ({ params, parent }) => {
  if (!named.protocols.includes(params.protocol)) error(404);
  const { say } = await parent();
  const page = describeReason(params.protocol, await wordsOf(params.lang).reference());
  const above = { name: say("nav.reasons"), path: "reasons/" };
  return { page, meta: entryMeta(page, params.lang, `reasons/${params.protocol}/`, above, "reasons.json") };
};
