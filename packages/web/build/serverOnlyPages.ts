import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/**
 * Pages without a script are never rendered in the browser: what loads their data, the whole reference, stays out of the browser's
 * bundle. They keep +page.ts, since +page.server.ts would write a second file of data beside every page.
 */
export function serverOnlyPages(): Plugin {
  return {
    name: "sipwhy-server-only-pages",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    load(id) {
      if (!/\/src\/routes\/.*\+page\.ts$/u.test(id)) return undefined;
      return /^export const csr = true/mu.test(readFileSync(id, "utf8")) ? undefined : "export {};";
    },
  };
}
