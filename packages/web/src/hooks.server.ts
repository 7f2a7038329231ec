import type { Handle } from "@sveltejs/kit/hooks";
import { localeOf } from "#lib/languages/words.ts";

/** The language of the page stands in its first tag. */
export const handle: Handle = ({ event, resolve }) => {
  const locale = localeOf(event.params.lang ?? "");
  return resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace("%lang%", locale?.tag ?? "en").replace("%dir%", locale?.direction ?? "ltr"),
  });
};
