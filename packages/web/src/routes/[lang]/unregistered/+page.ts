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
  const [title, lead] = [say("unregistered.title"), say("unregistered.lead")];
  const terms: Term[] = facts.unregistered.map((entry) => ({
    id: String(entry.code),
    name: entry.phrase,
    text: reference.unregistered[entry.code].says,
    path: `unregistered/${entry.code}/`,
    className: `c${entry.class}`,
  }));
  return {
    title,
    lead,
    groups: [{ terms }],
    meta: listMeta(say, params.lang, title, lead, "unregistered/", "unregistered.json"),
  };
};
