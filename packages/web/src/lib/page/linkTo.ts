import { resolve } from "$app/paths";

/** The link to a page: its language and its path below it, `codes/502/`. Relative, so that the site may stand anywhere. */
export function linkTo(tag: string, path: string): string {
  // Which paths exist is held by a test that follows every link of the built site.
  return resolve(`${tag}/${path}` as `${string}/codes/${string}`);
}
