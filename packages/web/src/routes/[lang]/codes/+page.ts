import { codes, describeCodes } from "@sipwhy/core/reference";
import { wordsOf } from "#lib/languages/words.ts";
import { listMeta } from "#lib/list/listMeta.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { EntryGenerator, PageLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

export const load: PageLoad = async ({ params, parent }) => {
  const { say } = await parent();
  const reference = await wordsOf(params.lang).reference();
  const groups = describeCodes(reference).sections.map(({ key, heading }) => ({
    heading,
    terms: codes
      .filter((code) => code.class === key)
      .map(({ code, phrase }) => ({
        id: String(code),
        name: phrase,
        text: reference.codes[code].summary,
        path: `codes/${code}/`,
        className: `c${key}`,
      })),
  }));
  const [title, lead] = [say("codes.title"), say("codes.description", { count: codes.length })];
  return { title, lead, groups, meta: listMeta(say, params.lang, title, lead, "codes/", "reference.json") };
};
