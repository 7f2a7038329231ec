import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The built site: files as they are, and what renders a page when it is asked for. */
export interface Site {
  /** Scripts, styles, icons. */
  readonly clientFolder: string;
  render(request: Request): Promise<Response>;
}

/** What packages/web/build/adapter.ts leaves in dist/server/site.js. */
interface SiteModule {
  readonly server: {
    init(options: { readonly env: Record<string, string> }): Promise<unknown>;
    respond(request: Request, options: { getClientAddress(): string }): Promise<Response>;
  };
}

/** Where the site is: inside the installed package, or beside it in the workspace. */
const folders = ["../../web/", "../../../web/dist/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The site of this installation; `undefined` where it was not built. */
export async function openSite(candidates: readonly string[] = folders): Promise<Site | undefined> {
  const folder = candidates.find((path) => existsSync(join(path, "server", "site.js")));
  if (folder === undefined) return undefined;
  const address = pathToFileURL(join(folder, "server", "site.js")).href;
  const { server } = (await import(address)) as SiteModule;
  await server.init({ env: {} });
  return {
    clientFolder: join(folder, "client"),
    render: (request) => server.respond(request, { getClientAddress: () => "127.0.0.1" }),
  };
}
