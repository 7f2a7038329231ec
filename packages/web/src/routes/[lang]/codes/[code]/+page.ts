import { codes, describeCode, responseCode } from "@sipwhy/core/reference";
import { locales } from "@sipwhy/core/language";
import { error } from "@sveltejs/kit";
import { textState } from "#lib/content/textState.ts";
import { wordsOf } from "#lib/languages/words.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () =>
  locales.flatMap(({ tag }) => codes.map(({ code }) => ({ lang: tag, code: String(code) })));

export const load: PageLoad = async ({ params, parent }) => {
  const code = /^[1-6]\d\d$/u.test(params.code) ? responseCode(Number(params.code)) : undefined;
  if (code === undefined) error(404);
  const { say } = await parent();
  const page = describeCode(code.code, await wordsOf(params.lang).reference());
  const meta: PageMeta = {
    title: `SIP ${page.title}`,
    description: page.summary ?? "",
    path: `codes/${code.code}/`,
    crumbs: [{ name: say("nav.codes"), path: "codes/" }],
    text: textState(params.lang, `codes/${code.code}.md`),
    schema: { "@type": "TechArticle", headline: `SIP ${page.title}`, description: page.summary },
  };
  return { code, page, meta };
};
