import { dates, registryDate, stale } from "virtual:content-state";
import type { TextState } from "../page/meta.ts";

/** Where the text of a page stands, when it changed last, whether its translation lags behind. `file` is below the language's folder. */
export function textState(tag: string, file: string): TextState {
  const source = `content/${tag}/${file}`;
  return { source, date: dates[source] ?? registryDate, stale: stale.includes(source) };
}
