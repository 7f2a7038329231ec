import { describeWarning } from "@sipwhy/core/reference";
import { error } from "@sveltejs/kit";
import { wordsOf } from "#lib/languages/words.ts";
import { entryMeta } from "#lib/list/entryMeta.ts";
import { inEveryLanguage, named } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(named.warnings.map((warning) => ({ warning })));

export const load: PageLoad = async ({ params, parent }) => {
  if (!named.warnings.includes(params.warning)) error(404);
  const { say } = await parent();
  const page = describeWarning(Number(params.warning), await wordsOf(params.lang).reference());
  const above = { name: say("nav.warnings"), path: "warnings/" };
  return { page, meta: entryMeta(page, params.lang, `warnings/${params.warning}/`, above, "warnings.json") };
};
