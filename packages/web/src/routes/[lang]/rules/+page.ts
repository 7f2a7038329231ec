import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import type { Term } from "#lib/list/term.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import { ruleTitle } from "#lib/rule/ruleTitle.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const { rules } = await wordsOf(params.lang).language();
  const [title, lead] = [say("rules.title"), say("rules.lead")];
  const terms: Term[] = Object.entries(rules).map(([rule, prose]) => ({
    id: rule,
    name: "",
    text: ruleTitle(prose),
    path: `rules/${rule}/`,
  }));
  return { title, lead, groups: [{ terms }], meta: listMeta(say, params.lang, title, lead, "rules/", "ui.json") };
};
