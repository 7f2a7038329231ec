import { locales } from "@sipwhy/core/language";
import { sayIn, wordsOf } from "#lib/languages/words.ts";
import type { PageLoad } from "./$types";

/** Who asks for a page that does not exist asks in an unknown language: the page speaks all of them, and a script keeps one. */
export const load: PageLoad = async () => ({
  apologies: await Promise.all(
    locales.map(async ({ tag, name }) => {
      const say = sayIn(await wordsOf(tag).strings(), tag);
      const links = { search: say("search.title"), codes: say("nav.codes"), home: `${say("nav.home")} (${name})` };
      return { tag, title: say("missing.title"), text: say("missing.text"), links };
    }),
  ),
});
