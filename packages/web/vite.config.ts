import { sveltekit } from "@sveltejs/kit/vite";
import { defaultClientConditions, defaultServerConditions, defineConfig } from "vite";
import { siteAdapter } from "./build/adapter.ts";
import { contentState } from "./build/contentState.ts";
import { flows } from "./build/flows.ts";
import { ladderCss } from "./build/ladderCss.ts";
import { serverOnlyPages } from "./build/serverOnlyPages.ts";

// Where the site will stand, `https://example.org` and, below it, `/sip`; where its sources can be edited; which pages to write, and whereto.
const { SIPWHY_ORIGIN = "", SIPWHY_BASE = "", SIPWHY_EDIT = "" } = process.env;
const { SIPWHY_PAGES = "all", SIPWHY_OUT = "dist" } = process.env;

export default defineConfig({
  plugins: [
    contentState(),
    flows(),
    ladderCss(),
    serverOnlyPages(),
    sveltekit({
      adapter: siteAdapter({ out: SIPWHY_OUT, address: SIPWHY_ORIGIN + SIPWHY_BASE, base: SIPWHY_BASE }),
      paths: { base: SIPWHY_BASE as "" | `/${string}`, origin: SIPWHY_ORIGIN || undefined },
      prerender: { crawl: false, handleUnseenRoutes: "ignore" },
      csp: {
        mode: "hash",
        directives: {
          "default-src": ["self"],
          // The one style attribute is SvelteKit's, of the element that tells screen readers of a new page.
          "style-src": ["self", "unsafe-hashes", "sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo="],
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
  worker: { format: "es" },
  define: {
    SIPWHY_ADDRESS: JSON.stringify(SIPWHY_ORIGIN + SIPWHY_BASE),
    SIPWHY_EDIT: JSON.stringify(SIPWHY_EDIT),
    SIPWHY_PAGES: JSON.stringify(SIPWHY_PAGES),
  },
  // The engine is compiled from its source: nothing has to be built before the site.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  ssr: { resolve: { conditions: ["source", ...defaultServerConditions] }, noExternal: true },
  environments: { ssr: { build: { sourcemap: false } } },
});
