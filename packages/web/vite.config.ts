import { sveltekit } from "@sveltejs/kit/vite";
import { defaultClientConditions, defaultServerConditions, defineConfig } from "vite";
import { siteAdapter } from "./build/adapter.ts";
import { contentState } from "./build/contentState.ts";
import { ladderCss } from "./build/ladderCss.ts";
import { serverOnlyPages } from "./build/serverOnlyPages.ts";

/** Where the site will stand: `https://example.org` and, below it, `/sip`. */
const { SIPWHY_ORIGIN = "", SIPWHY_BASE = "", SIPWHY_EDIT = "" } = process.env;

export default defineConfig({
  plugins: [
    contentState(),
    ladderCss(),
    serverOnlyPages(),
    sveltekit({
      adapter: siteAdapter(),
      paths: { base: SIPWHY_BASE as "" | `/${string}`, origin: SIPWHY_ORIGIN || undefined },
      prerender: { crawl: false, handleUnseenRoutes: "ignore" },
      csp: {
        mode: "hash",
        directives: {
          "default-src": ["self"],
          "img-src": ["self", "data:"],
          "object-src": ["none"],
          "base-uri": ["self"],
          "form-action": ["self"],
          "frame-ancestors": ["none"],
        },
      },
      // The same name for the same sources: a page that did not change stays the same file.
      version: { name: "1" },
    }),
  ],
  define: { SIPWHY_ADDRESS: JSON.stringify(SIPWHY_ORIGIN + SIPWHY_BASE), SIPWHY_EDIT: JSON.stringify(SIPWHY_EDIT) },
  // The engine is compiled from its source: nothing has to be built before the site.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  ssr: { resolve: { conditions: ["source", ...defaultServerConditions] }, noExternal: true },
  environments: { ssr: { build: { sourcemap: false } } },
});
