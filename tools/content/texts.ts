import type { Message } from "../../packages/core/src/language/language.ts";
import { parsePage } from "./markdown.ts";
import { compileMessage } from "./messages.ts";

/** One paragraph, step, item or string of a file, under a key that is the same in every language. */
export interface Text {
  /** `fix/caller 2`, `summary`, `38.says`, `heading.says`. */
  readonly key: string;
  readonly text: string;
}

/** Front matter that is no text. */
const notText: ReadonlySet<string> = new Set(["source"]);

/** Everything a reader sees of one file of content/<lang>/. Throws when it cannot be parsed. */
export function textsOf(text: string, path: string): Text[] {
  return path.endsWith(".json") ? textsOfJson(JSON.parse(text) as Record<string, unknown>) : textsOfPage(text, path);
}

function textsOfJson(entries: Readonly<Record<string, unknown>>, prefix = ""): Text[] {
  return Object.entries(entries).flatMap(([key, value]): Text[] => {
    if (key === "$source") return [];
    if (typeof value === "string") return [{ key: prefix + key, text: value }];
    return textsOfJson(value as Record<string, unknown>, `${prefix}${key}.`);
  });
}

function textsOfPage(text: string, path: string): Text[] {
  const { frontMatter, sections } = parsePage(text, path);
  return [
    ...Object.entries(frontMatter).flatMap(([key, value]) => (notText.has(key) ? [] : [{ key, text: value }])),
    ...sections.flatMap(({ key, paragraphs, items }) =>
      [...paragraphs, ...items].map((each, index) => ({ key: `${key} ${index + 1}`, text: each })),
    ),
  ];
}

/** True for a file whose texts are MessageFormat messages. */
export function holdsMessages(path: string): boolean {
  return path.startsWith("rules/") || ["ui.json", "help.json", "reference.json", "web.json"].includes(path);
}

/** The compiled message of a text. */
export function messageOf({ key, text }: Text, path: string): Message {
  return compileMessage(text, `${path} (${key})`);
}
