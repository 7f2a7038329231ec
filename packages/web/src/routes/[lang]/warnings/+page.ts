import { facts } from "@sipwhy/core/reference";
import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import type { Term } from "#lib/list/term.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const reference = await wordsOf(params.lang).reference();
  const [title, lead] = [say("warnings.title"), say("warnings.lead")];
  const terms: Term[] = facts.warnings.map(({ code }) => ({
    id: String(code),
    name: reference.warnings[code].name,
    text: reference.warnings[code].says,
    path: `warnings/${code}/`,
  }));
  return {
    title,
    lead,
    groups: [{ terms }],
    meta: listMeta(say, params.lang, title, lead, "warnings/", "warnings.json"),
  };
};
