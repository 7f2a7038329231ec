import { entriesOf, readJson } from "../paths.ts";
import { readFacts } from "../referenceModules.ts";
import type { Problem } from "./problem.ts";

interface Registry {
  readonly date: string;
  readonly codes: readonly { readonly code: number; readonly phrase: string; readonly reference: string }[];
}

const path = "content/registries/sip-response-codes.json";

/** The codes are those of IANA's registry, phrase and RFC included; their files are named after them. */
export function checkRegistry(root: string): Problem[] {
  const registry = readJson<Registry>(root, path);
  if (!registry) return [{ path, message: "missing" }];
  const facts = new Map(readFacts(root).codes.map((entry) => [entry.code, entry]));
  const registered = new Set(registry.codes.map(({ code }) => code));
  const problems = registry.codes.flatMap(({ code, phrase, reference }): Problem[] => {
    const entry = facts.get(code);
    const file = `content/codes/${code}.json`;
    if (!entry) return [{ path: file, message: "registered with IANA and not here" }];
    const iana = entry.deprecated ? `${entry.phrase} (Deprecated)` : entry.phrase;
    return [
      ...(iana === phrase ? [] : [{ path: file, message: `phrase is ${iana}, IANA has ${phrase}` }]),
      ...(entry.defined.startsWith(`${reference} `) ? [] : [{ path: file, message: `IANA names ${reference}` }]),
      ...(entry.class === `${Math.floor(code / 100)}xx` ? [] : [{ path: file, message: `class ${entry.class}` }]),
    ];
  });
  const surplus = entriesOf(root, "content/codes", ".json").filter((name) => !registered.has(Number(name)));
  return [...problems, ...surplus.map((name) => ({ path: `content/codes/${name}.json`, message: "not registered" }))];
}
