import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HeaderField } from "../../../packages/core/src/message/headerField.ts";
import { knownFields } from "../../../packages/core/src/message/knownFields.ts";

const core = fileURLToPath(new URL("../../../packages/core/src/", import.meta.url));
const IMPORT = /^import (?!type)\{[^}]*\} from "(?:\.\.\/)+message\/(\w+)\.ts"/gm;

/** The header fields that transactions, dialogs, calls and rules read: those that their files import. */
export async function fieldsOfRules(): Promise<readonly HeaderField<unknown>[]> {
  const sources = globSync("{transaction,dialog,call,diagnosis}/**/*.ts", { cwd: core });
  const names = new Set<string>();
  for (const source of sources) {
    if (source.endsWith(".test.ts")) continue;
    for (const [, name] of readFileSync(core + source, "utf8").matchAll(IMPORT)) names.add(name);
  }
  const used = new Set<unknown>();
  for (const name of names) {
    const definitions: object = await import(`${core}message/${name}.ts`);
    for (const each of Object.values(definitions)) used.add(each);
  }
  return knownFields.filter((field) => used.has(field));
}
