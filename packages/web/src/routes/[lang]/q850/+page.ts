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
  const [title, lead] = [say("q850.title"), say("q850.lead")];
  const terms: Term[] = facts.q850.map(({ cause }) => ({
    id: String(cause),
    name: reference.q850[cause].name,
    text: reference.q850[cause].says,
    path: `q850/${cause}/`,
  }));
  return { title, lead, groups: [{ terms }], meta: listMeta(say, params.lang, title, lead, "q850/", "q850.json") };
};
