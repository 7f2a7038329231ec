import { codes, describeCodes, facts } from "@sipwhy/core/reference";
import { flowOfCode, right } from "#lib/flow/flow.ts";
import { sayIn, wordsOf } from "#lib/languages/words.ts";
import { inEveryLanguage } from "#lib/page/entries.ts";
import type { PageMeta } from "#lib/page/meta.ts";
import type { EntryGenerator, PageServerLoad } from "./$types";

export const entries: EntryGenerator = () => inEveryLanguage([{}]);

/** From the server, so that the browser does not load the whole reference for a list of numbers. */
export const load: PageServerLoad = async ({ params: { lang } }) => {
  const words = wordsOf(lang);
  const [reference, language] = [await words.reference(), await words.language()];
  const say = sayIn(await words.strings(), lang);
  const meta: PageMeta = {
    title: say("site.title"),
    description: say("site.description"),
    path: "",
    crumbs: [],
    schema: { "@type": "WebSite", name: "sipwhy", description: say("site.description") },
  };
  const example = await flowOfCode(502, language, right);
  return {
    meta,
    example: example && { ...example, steps: [], messages: [] },
    classes: describeCodes(reference).sections.map(({ key, heading }) => ({
      key,
      heading,
      codes: codes.filter((code) => code.class === key).map(({ code, phrase }) => ({ code, phrase })),
    })),
    pairs: facts.pairs.map(({ codes: [a, b] }) => ({
      path: `compare/${a}-vs-${b}/`,
      title: reference.pairs[`${a}-${b}`].title,
    })),
  };
};
