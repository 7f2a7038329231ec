import { error } from "@sveltejs/kit";
import { localeOf, sayIn, wordsOf } from "#lib/languages/words.ts";
import type { LayoutLoad } from "./$types";

export const load: LayoutLoad = async ({ params }) => {
  const locale = localeOf(params.lang);
  if (locale === undefined) error(404);
  const strings = await wordsOf(locale.tag).strings();
  return { locale, say: sayIn(strings, locale.tag) };
};
