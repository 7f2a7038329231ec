import { locales } from "@sipwhy/core/language";
import { goto } from "$app/navigation";
import { linkTo } from "#lib/page/linkTo.ts";

/** Whether leaving this document would lose something: captures that were read are in its memory and nowhere else. */
export const stay = { isNeeded: false };

/** Pages that do nothing without their script, below the language: the router has them. Of all others the HTML is enough. */
const scripted: ReadonlySet<string> = new Set(["search/", "analyze/"]);
let visits = 0;

/** The path of a page below its language; undefined for what is no page of this site. */
export function pathOf(url: URL): string | undefined {
  const home = locales.map(({ tag }) => linkTo(tag, "")).find((each) => url.pathname.startsWith(each));
  return url.origin === location.origin && home !== undefined ? url.pathname.slice(home.length) : undefined;
}

/** To another page of the site, in this document. Each visit to a page without a script is told apart, for where it was left. */
export function goTo(url: URL, replace: boolean = false): Promise<void> {
  if (scripted.has(pathOf(url) ?? "")) return goto(url, { replace });
  return goto(url, { shallow: true, replace, state: { shown: { url: url.href, visit: ++visits } } });
}
