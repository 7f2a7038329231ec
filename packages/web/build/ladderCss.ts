import type { Plugin } from "vite";
import { ladderStyle } from "../../core/src/view/ladderStyle.ts";

const name = "virtual:ladder.css";

/** The ladder's own style as a stylesheet of the site. */
export function ladderCss(): Plugin {
  return {
    name: "sipwhy-ladder-css",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? ladderStyle : undefined),
  };
}
