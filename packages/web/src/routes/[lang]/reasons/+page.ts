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
  const [title, lead] = [say("reasons.title"), say("reasons.lead")];
  const terms: Term[] = facts.reasons.map(({ protocol }) => ({
    id: protocol,
    name: reference.reasons[protocol].name,
    text: reference.reasons[protocol].says,
    path: `reasons/${protocol}/`,
  }));
  return {
    title,
    lead,
    groups: [{ terms }],
    meta: listMeta(say, params.lang, title, lead, "reasons/", "reasons.json"),
  };
};
