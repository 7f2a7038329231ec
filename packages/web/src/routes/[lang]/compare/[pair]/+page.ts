import { compare, describeCode, responseCode, type Section } from "@sipwhy/core/reference";
import { error, redirect } from "@sveltejs/kit";
import { differenceRows } from "#lib/compare/differenceRows.ts";
import { textState } from "#lib/content/textState.ts";
import { flowOfCode, left, right } from "#lib/flow/flow.ts";
import { wordsOf } from "#lib/languages/words.ts";
import { builtPairs, inEveryLanguage } from "#lib/page/entries.ts";
import { linkTo } from "#lib/page/linkTo.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage(builtPairs().map((pair) => ({ pair })));

export const load: PageLoad = async ({ params, parent }) => {
  const numbers = /^([1-6]\d\d)-vs-([1-6]\d\d)$/u.exec(params.pair)?.slice(1).map(Number) ?? [];
  const [a, b] = numbers.map((number) => responseCode(number));
  if (a === undefined || b === undefined) error(404);
  if (a === b) redirect(308, linkTo(params.lang, `codes/${a.code}/`));
  if (a.code > b.code) redirect(308, linkTo(params.lang, `compare/${b.code}-vs-${a.code}/`));
  const { say } = await parent();
  const words = wordsOf(params.lang);
  const [reference, language] = [await words.reference(), await words.language()];
  const { page, relation } = compare(a.code, b.code, reference);
  const title = `SIP ${a.code} vs ${b.code}: ${a.phrase}, ${b.phrase}`;
  const file = relation === "confusable" ? `pairs/${a.code}-${b.code}.md` : `codes/${a.code}.md`;
  const meta: PageMeta = {
    title,
    description: say("compare.description", { a: `${a.code} ${a.phrase}`, b: `${b.code} ${b.phrase}` }),
    path: `compare/${params.pair}/`,
    crumbs: [{ name: say("nav.compare"), path: "compare/" }],
    text: textState(params.lang, file),
    schema: { "@type": "TechArticle", headline: title, description: page.summary },
  };
  return {
    meta,
    page,
    codes: [a, b] as const,
    sections: new Map<string, Section>(page.sections.map((section) => [section.key, section])),
    rows: differenceRows(describeCode(a.code, reference), describeCode(b.code, reference)),
    flows: [await flowOfCode(a.code, language, left), await flowOfCode(b.code, language, right)] as const,
  };
};
