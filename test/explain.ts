import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { root } from "./sources.ts";

export const capturesFolder: string = join(root, "fixtures", "captures");

/** The report about one capture of `fixtures/captures`, with its messages. */
export function explain(name: string): Promise<Report> {
  const bytes = readFileSync(join(capturesFolder, name));
  return analyze([{ name, bytes }], { language, messages: true });
}
