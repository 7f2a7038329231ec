import type { Report } from "../diagnosis/report.ts";
import { isUnsafe } from "./escapeTerminal.ts";
import { selectCalls } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** The report as JSON, indented by two. What could act on a terminal is written as `\u` escapes: the same JSON, safe to look at. */
export function jsonView(report: Report, options: Pick<ViewOptions, "call" | "only"> = {}): string {
  return escapeUnsafe(JSON.stringify(selectCalls(report, options), undefined, 2)) + "\n";
}

function escapeUnsafe(json: string): string {
  return json.replace(/[^\n\u0020-\u007e]/gu, (character) => {
    const codePoint = character.codePointAt(0) as number;
    if (!isUnsafe(codePoint)) return character;
    let escaped = "";
    for (let index = 0; index < character.length; index++) {
      escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}
