// Before the command is packed: the site goes with it, without the pages that it renders itself.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSite } from "./site.mjs";
import { root } from "./workspace.mjs";

const target = join(root, "packages", "cli", "web");
if (buildSite() !== 0) process.exit(1);
rmSync(target, { recursive: true, force: true });
for (const part of ["server", "client"]) {
  cpSync(join(root, "packages", "web", "dist", part), join(target, part), { recursive: true });
}
