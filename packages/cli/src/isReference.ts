import { existsSync } from "node:fs";

/** True for `502`, `202 502`, `q850 38`, `warning 304`, `reason Q.850`, `codes`, `search busy`: unless a file has the first word's name. */
export function isReference([first = ""]: readonly string[], exists: (path: string) => boolean = existsSync): boolean {
  return (/^\d{3}$/u.test(first) || referenceWords.has(first)) && !exists(first);
}

const referenceWords: ReadonlySet<string> = new Set(["q850", "warning", "reason", "codes", "search"]);
