import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { csvText } from "./content/csv.ts";
import { begunLocales } from "./content/locales.ts";
import { workspaceRoot } from "./content/paths.ts";
import { readFacts, readProse } from "./content/referenceModules.ts";

const license = {
  name: "CC-BY-4.0",
  url: "https://creativecommons.org/licenses/by/4.0/",
  attribution: "sipwhy contributors",
};

/** Every exported file, by name: facts as JSON and CSV, and per language everything as JSON and the summaries as CSV. */
export function exportedFiles(root: string): Record<string, string> {
  const facts = readFacts(root);
  const about = { license, registryDate: facts.date };
  const files: Record<string, string> = {
    "facts.json": json({ ...about, ...facts }),
    "response-codes.csv": csvText(codeRows(facts)),
    "q850-causes.csv": csvText(causeRows(facts)),
    "README.txt": readme(facts.date),
  };
  for (const { tag } of begunLocales(root)) {
    const prose = readProse(root, tag);
    files[`reference.${tag}.json`] = json({ ...about, ...prose });
    files[`response-codes.${tag}.csv`] = csvText([
      ["code", "phrase", "summary", "says", "seen", "caller", "between", "callee"],
      ...facts.codes.map(({ code, phrase }) => {
        const page = prose.codes[code];
        const fix = [page?.fix.caller, page?.fix.between, page?.fix.callee];
        const texts = [page?.says, page?.seen, ...fix].map((list) => (list ?? []).join("\n"));
        return [String(code), phrase, page?.summary ?? "", ...texts];
      }),
    ]);
  }
  return files;
}

type Facts = ReturnType<typeof readFacts>;

function codeRows({ codes }: Facts): string[][] {
  const head = [
    "code",
    "phrase",
    "class",
    "deprecated",
    "defined",
    "methods",
    "minted_by",
    "required_header_fields",
    "client_action",
    "ends_search",
    "dialog_effect",
    "q850",
    "citations",
  ];
  return [
    head,
    ...codes.map((code) => [
      String(code.code),
      code.phrase,
      code.class,
      code.deprecated ?? "",
      code.defined,
      code.methods.join(";"),
      code.mintedBy.join(";"),
      code.headerFields
        .filter(({ need }) => need === "required")
        .map(({ names, condition }) => names.join("|") + (condition ? `[${condition}]` : ""))
        .join(";"),
      code.client.action,
      String(code.endsSearch),
      code.effect.scope,
      String(code.toIsdn.rfc3398?.cause ?? ""),
      code.citations.join(";"),
    ]),
  ];
}

function causeRows({ q850, profiles }: Facts): string[][] {
  const shown = (["rfc3398", "rfc4497", "asterisk", "freeswitch", "oracle"] as const).filter((id) => id in profiles);
  return [
    ["cause", "class", ...shown],
    ...q850.map(({ cause, class: name, toSip }) => [
      String(cause),
      name,
      ...shown.map((id) => String(toSip[id]?.code ?? "")),
    ]),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function readme(date: string): string {
  return [
    "The SIP reference of sipwhy: response codes, Q.850 causes, warn-codes, Reason protocols.",
    `Registry of IANA as of ${date}.`,
    `Licence: ${license.name}, ${license.url}. Attribution: ${license.attribution}.`,
    "",
  ].join("\n");
}

// `npm run export -- [folder]`
if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? join(workspaceRoot, "dist/reference"));
  mkdirSync(folder, { recursive: true });
  const files = exportedFiles(workspaceRoot);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  console.log(`${Object.keys(files).length} files in ${folder}`);
}
