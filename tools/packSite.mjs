// Before the command is packed: the site goes with it, without the pages that it renders itself. With --remove, after it: in the workspace the
// command serves the site as it was built last, which a copy would hide.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSite } from "./site.mjs";
import { root } from "./workspace.mjs";

const target = join(root, "packages", "cli", "web");
rmSync(target, { recursive: true, force: true });
if (process.argv.includes("--remove")) process.exit(0);
if (buildSite() !== 0) process.exit(1);
for (const part of ["server", "client"]) {
  cpSync(join(root, "packages", "web", "dist", part), join(target, part), { recursive: true });
}
