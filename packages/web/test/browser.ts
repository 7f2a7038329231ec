import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { missingPeers, peer } from "../../../test/peers.ts";
import { openSite } from "../../cli/src/web/site.ts";
import { siteServer } from "../../cli/src/web/siteServer.ts";
import { builtSite } from "./builtSite.ts";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Programs, and what is done with them. */
export interface BrowserPeer<Opened extends { close(): Promise<void> }> {
  readonly programs: readonly string[];
  open(): Promise<Opened>;
}

const chromiumPeer: BrowserPeer<Browser> = {
  programs: ["chromium"],
  open: () => chromium.launch({ executablePath: "/usr/bin/chromium", args: flags }),
};

/** Serves the site and opens Chromium for the tests of a file, and closes both after them: `browseSiteWith`. */
export function browseSite(use: (site: ServedSite, browser: Browser) => void): string | undefined {
  return browseSiteWith(chromiumPeer, use);
}

/**
 * Serves the site and opens a browser for these tests, and closes both after them; `use` is given them first.
 *
 * @returns what to install where there is no browser: then the tests are skipped, and with `CI` set they fail
 */
export function browseSiteWith<Opened extends { close(): Promise<void> }>(
  { programs, open }: BrowserPeer<Opened>,
  use: (site: ServedSite, browser: Opened) => void,
): string | undefined {
  const advice = missingPeers(programs);
  if (advice !== undefined) {
    // Where all tests of a file are skipped, nothing is done before them: what is missing is said, or fails, as a test.
    for (const program of programs) peer(program)(`${program} opens the site`, () => {});
    return advice;
  }
  let opened: { readonly site: ServedSite; readonly browser: Opened } | undefined;
  beforeAll(async () => {
    opened = { site: await serveBuiltSite(), browser: await open() };
    use(opened.site, opened.browser);
  }, 900_000);
  afterAll(async () => {
    await opened?.browser.close();
    opened?.site.close();
  });
  return undefined;
}

export interface ServedSite {
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  close(): void;
}

/** The site as `sipwhy web` serves it. */
async function serveBuiltSite(): Promise<ServedSite> {
  const site = await openSite([join(await builtSite())]);
  if (site === undefined) throw new Error("the site was not built");
  const server = siteServer(site);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
