import { facts } from "@sipwhy/core/reference";
import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import { namedRules } from "#lib/rule/namedRules.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const words = wordsOf(params.lang);
  const [reference, language] = [await words.reference(), await words.language()];
  const [title, lead] = [say("symptoms.title"), say("symptoms.lead")];
  const symptoms = facts.symptoms.map(({ symptom, rules }) => {
    const { name, says } = reference.symptoms[symptom];
    return { symptom, name, says, rules: namedRules(rules, language) };
  });
  return { title, lead, symptoms, meta: listMeta(say, params.lang, title, lead, "symptoms/", "symptoms.json") };
};
