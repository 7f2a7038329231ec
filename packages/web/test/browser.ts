import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import type { AddressInfo } from "node:net";
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

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}

export interface ServedSite {
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  close(): void;
}

/** The site as `sipwhy web` serves it. */
export async function serveBuiltSite(): Promise<ServedSite> {
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
