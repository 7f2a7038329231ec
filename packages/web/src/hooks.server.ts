import type { Handle } from "@sveltejs/kit/hooks";
import { localeOf } from "#lib/languages/words.ts";

/** The language of the page stands in its first tag; a page without a script needs no marks for one. */
export const handle: Handle = ({ event, resolve }) => {
  const locale = localeOf(event.params.lang ?? "");
  return resolve(event, {
    transformPageChunk: ({ html }) => {
      const page = html.replace("%lang%", locale?.tag ?? "en").replace("%dir%", locale?.direction ?? "ltr");
      return page.includes("__sveltekit_") ? page : page.replaceAll(/<!--[[\]]?[-\w]*-->/gu, "");
    },
  });
};
