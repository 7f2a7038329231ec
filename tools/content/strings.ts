import type { Message } from "../../packages/core/src/language/language.ts";
import { compileMessage } from "./messages.ts";
import { readJson } from "./paths.ts";

/** A flat file of messages (ui.json, help.json, reference.json, web.json), compiled, by key; empty where the file is missing. */
export function readStrings(root: string, tag: string, name: string): Record<string, Message> {
  const path = `content/${tag}/${name}.json`;
  const source = readJson<Record<string, string>>(root, path) ?? {};
  const strings: Record<string, Message> = {};
  for (const key of Object.keys(source).sort()) {
    if (key.startsWith("$")) continue;
    if (typeof source[key] !== "string") throw new Error(`${path}: ${key} is not a string`);
    strings[key] = compileMessage(source[key], `${path} (${key})`);
  }
  return strings;
}
