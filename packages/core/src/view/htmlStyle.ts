import { colors } from "./colors.ts";
import { ladderStyle } from "./ladderStyle.ts";

/** The style of an HTML report: one column, light and dark, for the screen and for paper. */
export const htmlStyle: string = [
  `:root{color-scheme:light dark;${properties("light")}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${properties("dark")}}}`,
  "*{box-sizing:border-box}",
  "body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;font:1rem/1.5 system-ui,sans-serif;color:var(--sipwhy-text);background:var(--sipwhy-ground)}",
  "h1{font-size:1.25rem;margin:0 0 .75rem;overflow-wrap:anywhere}",
  "h2{font-size:1.15rem;margin:0 0 .25rem;overflow-wrap:anywhere}",
  "h3{font-size:.85rem;margin:1rem 0 .25rem;color:var(--sipwhy-quiet);font-weight:600}",
  "p,ol,ul{margin:.25rem 0;max-width:44rem}ol,ul{padding-inline-start:1.4rem}li{margin:.15rem 0}",
  "p,li{overflow-wrap:anywhere}",
  "code,pre,td.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:.86em}",
  "p.quiet,td.quiet,summary.quiet{color:var(--sipwhy-quiet);font-size:.86rem}",
  ".outcomes{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0;font-weight:600}",
  "article{border-block-start:1px solid var(--sipwhy-line);padding-block:1.25rem}",
  "section{border-block-start:1px solid var(--sipwhy-line);padding-block:1.25rem}",
  ".scroll{overflow-x:auto;max-width:100%}.on-phone{display:none}.on-phone svg{width:100%;height:auto;max-width:24rem}",
  "@media screen and (max-width:40rem){.off-phone{display:none}.on-phone{display:block}}",
  "table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums}",
  "th{text-align:start;font-weight:600;color:var(--sipwhy-quiet)}",
  "th,td{padding:.25rem .9rem .25rem 0;vertical-align:top;white-space:nowrap;border-block-end:1px solid var(--sipwhy-line)}",
  "table code,table td.mono{font-size:.95em}",
  "td.party{min-width:9rem;max-width:20rem;white-space:normal;overflow-wrap:anywhere}",
  "table.proof td{border:0;padding-block:.1rem}table.proof td.quote{white-space:normal;overflow-wrap:anywhere;min-width:14rem}",
  // On a phone a line of proof stands below its place.
  "@media (max-width:40rem){table.proof tr,table.proof td.quote{display:block}table.proof td{display:inline-block}}",
  ...["1xx", "2xx", "3xx", "4xx", "5xx", "6xx"].map((name) => `.c${name}{color:var(--sipwhy-${name})}`),
  // On paper the light colours, whatever the screen has; there nothing can be scrolled to.
  "@media print{:root{color-scheme:light}article,tr,li{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}svg{max-width:100%;height:auto}",
  "table{font-size:.75rem}th,td{white-space:normal}}",
  ladderStyle,
].join("\n");

function properties(theme: "light" | "dark"): string {
  return Object.entries(colors)
    .map(([name, color]) => `--sipwhy-${name}:${color[theme]}`)
    .join(";");
}
