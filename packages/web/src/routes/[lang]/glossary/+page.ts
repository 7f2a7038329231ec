import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const glossary = await wordsOf(params.lang).glossary();
  const order = new Intl.Collator(params.lang);
  const terms = Object.entries(glossary)
    .map(([id, { name, says }]) => ({ id, name, says }))
    .sort((a, b) => order.compare(a.name, b.name));
  const [title, lead] = [say("glossary.title"), say("glossary.lead")];
  const meta = listMeta(say, params.lang, title, lead, "glossary/", "glossary.json");
  const defined = terms.map(({ name, says }) => ({ "@type": "DefinedTerm", name, description: says }));
  return {
    title,
    lead,
    terms,
    meta: { ...meta, schema: { "@type": "DefinedTermSet", name: title, description: lead, hasDefinedTerm: defined } },
  };
};
