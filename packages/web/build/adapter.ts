import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter } from "@sveltejs/kit";
import { movedPage } from "./movedPage.ts";
import { robotsText, sitemaps } from "./sitemaps.ts";

export interface SiteOptions {
  /**
   * The folder that gets `site`, for any file host; and `server`, which renders the same pages when asked for them, with the files that
   * they load in `client`.
   */
  readonly out: string;
  /** Where the site will stand; empty where nobody knows. */
  readonly address: string;
  readonly base: string;
}

export function siteAdapter({ out, address, base }: SiteOptions): Adapter {
  const [site, server, client] = [join(out, "site"), join(out, "server"), join(out, "client")];
  return {
    name: "sipwhy-site",
    async adapt(builder) {
      await staticAdapter({ pages: site, strict: false }).adapt(builder);
      const paths = [...builder.prerendered.pages.keys()].map((path) => path.slice(base.length + 1));
      const files = { ...sitemaps(paths, address), "robots.txt": robotsText(address), ...movedPages(paths, address) };
      for (const [path, text] of Object.entries(files)) write(join(site, path), text);
      placeMissingPage(site, base);
      builder.rimraf(server);
      builder.rimraf(client);
      builder.writeClient(client);
      builder.writeServer(server);
      builder.generateServerInstance(join(server, "site.js"), { routes: builder.routes, serverDirectory: server });
    },
  };
}

/** The pair in the other order leads to the page. */
function movedPages(paths: readonly string[], address: string): Record<string, string> {
  const entries = paths.flatMap((path) => {
    const [, lang, a, b] = /^([\w-]+)\/compare\/(\d{3})-vs-(\d{3})\/$/u.exec(path) ?? [];
    return lang === undefined ? [] : [[`${lang}/compare/${b}-vs-${a}/index.html`, movedPage(lang, a, b, address)]];
  });
  return Object.fromEntries(entries);
}

/** File hosts show 404.html for whatever does not exist, at any depth: its links cannot be relative. */
function placeMissingPage(site: string, base: string): void {
  const page = readFileSync(join(site, "404", "index.html"), "utf8");
  writeFileSync(join(site, "404.html"), page.replaceAll(/(href|src|action)="\.\.\//gu, `$1="${base}/`));
  rmSync(join(site, "404"), { recursive: true });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
