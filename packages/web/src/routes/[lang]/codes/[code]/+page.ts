import { codes, confusedWith, describeCode, nameOf, responseCode, type Section } from "@sipwhy/core/reference";
import { error } from "@sveltejs/kit";
import { textState } from "#lib/content/textState.ts";
import { alone, flowOfCode } from "#lib/flow/flow.ts";
import { wordsOf } from "#lib/languages/words.ts";
import { inEveryLanguage, named } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import { shortDescription } from "#lib/page/shortDescription.ts";
import { ruleTitle } from "#lib/rule/ruleTitle.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(named.codes.map((code) => ({ code })));

export const load: PageLoad = async ({ params, parent }) => {
  const code = /^[1-6]\d\d$/u.test(params.code) ? responseCode(Number(params.code)) : undefined;
  if (code === undefined) error(404);
  const { say } = await parent();
  const words = wordsOf(params.lang);
  const [reference, language] = [await words.reference(), await words.language()];
  const page = describeCode(code.code, reference);
  const meta: PageMeta = {
    title: `SIP ${page.title}`,
    description: shortDescription(page.summary ?? "", params.lang),
    path: `codes/${code.code}/`,
    crumbs: [{ name: say("nav.codes"), path: "codes/" }],
    text: textState(params.lang, `codes/${code.code}.md`),
    schema: {
      "@type": "TechArticle",
      headline: `SIP ${page.title}`,
      description: page.summary,
      about: { "@type": "DefinedTerm", name: page.title, termCode: String(code.code), description: page.summary },
    },
  };
  return {
    meta,
    code,
    page,
    sections: new Map<string, Section>(page.sections.map((section) => [section.key, section])),
    flow: await flowOfCode(code.code, language, alone),
    pairs: confusedWith(code.code).map((other) => pairLink(code.code, other, reference.pairs)),
    others: codes.filter((other) => other !== code).map((other) => pairLink(code.code, other.code, {})),
    rules: code.relatedRules.map((rule) => ({ rule, title: ruleTitle(language.rules[rule]) })),
  };
};

function pairLink(code: number, other: number, titles: Readonly<Record<string, { readonly title: string }>>) {
  const [a, b] = [Math.min(code, other), Math.max(code, other)];
  return {
    path: `compare/${a}-vs-${b}/`,
    other,
    name: nameOf(other),
    title: titles[`${a}-${b}`]?.title ?? nameOf(other),
  };
}
