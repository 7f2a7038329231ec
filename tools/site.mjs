// Builds what renders the site's pages on demand, where that is missing or older than what it is made of.
import { join } from "node:path";
import { newestIn, timeOf } from "./newest.mjs";
import { root, run } from "./workspace.mjs";

const sources = [
  "content",
  "packages/core/src",
  "packages/web/src",
  "packages/web/build",
  "packages/web/flows",
  "packages/web/static",
];

/** Without any page written out; a page is rendered when somebody asks for it. Returns the exit status. */
export function buildSite() {
  if (siteIsCurrent()) return 0;
  console.error("Building the site…");
  const env = { SIPWHY_PAGES: "none" };
  return run("vite", ["build", "--logLevel=error"], {
    cwd: join(root, "packages", "web"),
    env,
    stdio: ["ignore", 2, 2],
  });
}

function siteIsCurrent() {
  return timeOf(join(root, "packages/web/dist/server/site.js")) > newestSource();
}

/** When the newest of what the site is made of was changed, in milliseconds. */
export function newestSource() {
  return newestIn(sources);
}
