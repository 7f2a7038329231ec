import { codes, facts, nameOf } from "@sipwhy/core/reference";
import type { Language } from "@sipwhy/core/language";
import { language as english } from "@sipwhy/core/language/en";
import { error } from "@sveltejs/kit";
import { textState } from "#lib/content/textState.ts";
import { flowOfRule, type Flow } from "#lib/flow/flow.ts";
import { wordsOf } from "#lib/languages/words.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import { shortDescription } from "#lib/page/shortDescription.ts";
import { ruleTitle, unfilled } from "#lib/rule/ruleTitle.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(Object.keys(english.rules).map((rule) => ({ rule })));

export const load: PageLoad = async ({ params: { lang, rule }, parent }) => {
  const { say } = await parent();
  const words = wordsOf(lang);
  const [language, reference] = [await words.language(), await words.reference()];
  if (!Object.hasOwn(language.rules, rule)) error(404);
  const causes = await causesOf(rule, language);
  const title = causes.find(({ flow }) => flow)?.flow?.finding?.title ?? ruleTitle(language.rules[rule]);
  const name = title.replaceAll("`", "");
  const meta: PageMeta = {
    title: say("rule.title", { title: name, rule }),
    description: shortDescription(causes[0].why, lang),
    path: `rules/${rule}/`,
    crumbs: [{ name: say("nav.rules"), path: "rules/" }],
    text: textState(lang, `rules/${rule}.md`),
    schema: { "@type": "TechArticle", headline: name },
  };
  const explained = codes.filter(({ relatedRules }) => relatedRules.includes(rule)).map(({ code }) => nameOf(code));
  const symptoms = facts.symptoms
    .filter(({ rules }) => rules.includes(rule))
    .map(({ symptom }) => ({ symptom, name: reference.symptoms[symptom].name }));
  const citations = [...new Set(causes.flatMap(({ flow }) => flow?.finding?.citations ?? []))];
  return { rule, name, causes, meta, explained, symptoms, citations };
};

interface RuleCause {
  readonly cause: string;
  readonly why: string;
  readonly fix: readonly string[];
  readonly flow?: Flow;
}

/** Each cause in the words of an example; where none shows it, with the names of its values in place of values. */
async function causesOf(rule: string, language: Language): Promise<RuleCause[]> {
  const { why, fix } = language.rules[rule];
  return Promise.all(
    Object.keys(why).map(async (cause) => {
      const flow = await flowOfRule(rule, cause, language);
      const steps = fix[cause] ?? fix[""] ?? [];
      return {
        cause,
        why: flow?.finding?.why ?? unfilled(why[cause]),
        fix: flow?.finding?.fix ?? steps.map(unfilled).filter((step) => step !== ""),
        flow,
      };
    }),
  );
}
