import { codes, facts } from "@sipwhy/core/reference";
import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const reference = await wordsOf(params.lang).reference();
  const pairs = facts.pairs.map(({ codes: [a, b] }) => ({
    path: `compare/${a}-vs-${b}/`,
    title: reference.pairs[`${a}-${b}`].title,
  }));
  const [title, lead] = [say("compare.index.title"), say("compare.index.lead", { count: codes.length })];
  const meta = listMeta(say, params.lang, title, lead, "compare/", "reference.json");
  return { title, lead, pairs, meta, names: codes.map(({ code, phrase }) => ({ code, name: `${code} ${phrase}` })) };
};
