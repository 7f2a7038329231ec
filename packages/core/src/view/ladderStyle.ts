import { colors } from "./colors.ts";

/**
 * The style of a ladder as SVG. A page sets `--sipwhy-text`, `--sipwhy-4xx` and so on for its own theme; without them the ladder
 * follows the light or dark theme of the reader, and is light on paper. Contrast is AA on both grounds, the band of an evidence row included.
 */
export const ladderStyle: string = [
  rule(".sipwhy-ladder", declarations("light")),
  `@media screen and (prefers-color-scheme:dark){${rule(".sipwhy-ladder", declarations("dark"))}}`,
  ".sipwhy-ladder{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;color:var(--l-text)}",
  ".sipwhy-ladder text{fill:var(--l-text)}",
  ".sipwhy-ladder .ground{fill:var(--l-ground)}",
  ".sipwhy-ladder .lane{stroke:var(--l-line)}",
  ".sipwhy-ladder .shaft{stroke:var(--l-quiet);stroke-width:1}",
  ".sipwhy-ladder .head{fill:var(--l-quiet)}",
  ".sipwhy-ladder .band{fill:var(--l-band)}",
  ".sipwhy-ladder text.quiet{fill:var(--l-quiet)}",
  ".sipwhy-ladder text.line{stroke:var(--l-ground);stroke-width:5;paint-order:stroke}",
  ".sipwhy-ladder text.strong,.sipwhy-ladder .evidence text.label{font-weight:700}",
  ".sipwhy-ladder .evidence .shaft{stroke:var(--l-text);stroke-width:1.75}",
  ".sipwhy-ladder .evidence .head{fill:var(--l-text)}",
  ...["1xx", "2xx", "3xx", "4xx", "5xx", "6xx"].flatMap((name) => [
    `.sipwhy-ladder .c${name} text.label,.sipwhy-ladder .c${name} text.mark,.sipwhy-ladder .c${name}.evidence .head{fill:var(--l-${name})}`,
    `.sipwhy-ladder .c${name}.evidence .shaft{stroke:var(--l-${name})}`,
  ]),
  `@media (forced-colors:active){${rule(".sipwhy-ladder", forcedDeclarations())}.sipwhy-ladder .band{stroke:CanvasText}}`,
].join("\n");

function declarations(theme: "light" | "dark"): string {
  return Object.entries(colors)
    .map(([name, color]) => `--l-${name}:var(--sipwhy-${name},${color[theme]})`)
    .join(";");
}

/** The colours that the reader has chosen for everything: drawings do not get them by themselves. */
function forcedDeclarations(): string {
  const forced: Readonly<Record<string, string>> = { ground: "Canvas", band: "Canvas", line: "GrayText" };
  return Object.keys(colors)
    .map((name) => `--l-${name}:${forced[name] ?? "CanvasText"}`)
    .join(";");
}

function rule(selector: string, body: string): string {
  return `${selector}{${body}}`;
}
