// Runs under whatever Node the system has, before anything is installed.
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Environment in which `node`, `tsc` and the others are the pinned ones. */
const environment = { ...process.env, PATH: join(root, "node_modules", ".bin") + delimiter + process.env.PATH };

/** Runs a program of the project with the pinned tools; `env` is added to the environment. Returns its exit status. */
export function run(program, args, { env, ...options } = {}) {
  const child = spawnSync(program, args, {
    cwd: root,
    env: { ...environment, ...env },
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (child.error) console.error(`${program}: ${child.error.message}`);
  return child.status ?? 1;
}
