import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Language } from "@sipwhy/core/language";
import { exitCodes } from "../exitCodes.ts";
import { helpText } from "../helpText.ts";
import { openSite, type Site } from "./site.ts";
import { siteServer } from "./siteServer.ts";

export interface ServeOptions {
  readonly language: Language;
  /** Where it listens; where that is taken, another one. */
  readonly port: number;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** The site, if not that of this installation. */
  readonly site?: Site;
  /** Ends it; without it the site is served until somebody ends the command. */
  readonly signal?: AbortSignal;
}

/** `sipwhy web`: serves the site to this machine alone and says where. Returns the exit status once it ends. */
export async function serveSite(options: ServeOptions): Promise<number> {
  const { language, stdout, stderr, signal } = options;
  const site = options.site ?? (await openSite());
  if (site === undefined) {
    stderr.write(`sipwhy: ${helpText(language, "error.siteNotBuilt")}\n`);
    return exitCodes.unreadable;
  }
  const server = siteServer(site);
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  stdout.write(`${helpText(language, "web.serving", { address: `http://127.0.0.1:${port}/` })}\n`);
  await new Promise<void>((ended) => {
    server.once("close", ended);
    signal?.addEventListener("abort", () => server.close() && server.closeAllConnections(), { once: true });
  });
  return exitCodes.fine;
}

/** On loopback, never on an address that others can reach. */
async function listen(server: Server, port: number): Promise<void> {
  const tryPort = (wanted: number): Promise<boolean> =>
    new Promise((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(wanted, "127.0.0.1", () => resolve(true));
    });
  if (!(await tryPort(port))) await tryPort(0);
}
