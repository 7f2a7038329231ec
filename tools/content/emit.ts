import { format } from "oxfmt";
import { readJson } from "./paths.ts";

/** A file to be written: path from the workspace root, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** First lines of every generated module. */
export const generatedNotice = "// Generated from content/ by `npm run generate`. Do not edit.\n";

/**
 * A JSON value as a TypeScript expression that is read with JSON.parse: quicker to load and to type-check than a literal of the
 * same size. One entry a line, so that a change of content is a small change here.
 */
export function jsonExpression(value: unknown, depth: number): string {
  return `JSON.parse(\`${escapeTemplate(linedJson(value, depth))}\`)`;
}

function linedJson(value: unknown, depth: number): string {
  if (depth === 0 || value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? "[]" : `[\n${value.map((item) => linedJson(item, depth - 1)).join(",\n")}\n]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, item]) => `${JSON.stringify(key)}:${linedJson(item, depth - 1)}`).join(",\n")}\n}`;
}

function escapeTemplate(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** The text as `oxfmt` would leave it, so that formatting the workspace never makes a generated file stale. */
export async function formatted(root: string, file: GeneratedFile): Promise<GeneratedFile> {
  const options = readJson<Record<string, unknown>>(root, ".oxfmtrc.json") ?? {};
  const { code, errors } = await format(file.path, file.text, options);
  if (errors.length > 0) throw new Error(`${file.path}: ${JSON.stringify(errors[0])}`);
  return { path: file.path, text: code };
}
