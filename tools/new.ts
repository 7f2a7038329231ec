import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { workspaceRoot } from "./content/paths.ts";
import { camelCase } from "./content/ruleModules.ts";

/** Makes the files that one addition needs, to be filled in; returns their paths. Throws for what exists or cannot be. */
export function scaffold(root: string, kind: string, name: string): string[] {
  if (kind === "code" && /^[1-6]\d\d$/u.test(name)) return writeAll(root, codeFiles(Number(name)));
  if (kind === "rule" && /^[a-z0-9]+(?:-[a-z0-9]+)+$/u.test(name)) return writeAll(root, ruleFiles(name));
  if (kind === "language" && Intl.getCanonicalLocales(name)[0] === name) return addLanguage(root, name);
  throw new Error("usage: npm run new code 499 | new language it | new rule my-rule");
}

type Files = Readonly<Record<string, string>>;

function codeFiles(code: number): Files {
  const section = "RFC 3261 §21";
  const facts = {
    code,
    phrase: "",
    class: `${Math.floor(code / 100)}xx`,
    defined: section,
    registered: section,
    methods: [],
    mintedBy: ["UAS"],
    headerFields: [],
    client: { action: "do-not-retry", basis: "inferred", changes: [] },
    endsSearch: code >= 600,
    effect: { scope: "transaction", basis: "class-rule", citation: "RFC 5057 §5.1" },
    toIsdn: { rfc3398: { cause: 31, basis: "default" }, rfc4497: { cause: 31, basis: "default" } },
    relatedCodes: [],
    relatedRules: [],
    citations: [section],
  };
  const prose = ["---", "summary: ", "---", "## says", "", "## seen", "- ", "", "## fix", "### caller", "1. ", ""];
  return {
    [`content/codes/${code}.json`]: `${JSON.stringify(facts, undefined, 2)}\n`,
    [`content/en/codes/${code}.md`]: prose.join("\n"),
  };
}

function ruleFiles(id: string): Files {
  const name = camelCase(id);
  const folder = "packages/core/src/diagnosis/rules";
  return {
    [`content/en/rules/${id}.md`]: ["---", "title: ", "---", "## why", "", "## fix", "1. ", ""].join("\n"),
    [`${folder}/${id}.ts`]: [
      'import type { Rule } from "../rule.ts";',
      "",
      "/** What is observed, and the section that says so. */",
      `export const ${name}: Rule<"transaction", "${id}"> = {`,
      `  id: "${id}",`,
      '  inspects: "transaction",',
      "  check() {",
      "    return undefined;",
      "  },",
      "};",
      "",
    ].join("\n"),
    [`${folder}/${id}.fixture.md`]: [`# ${id}`, "", "## fires", "", "## near miss", ""].join("\n"),
  };
}

function writeAll(root: string, files: Files): string[] {
  const paths = Object.keys(files);
  refuseExisting(root, paths);
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files[path]);
  }
  return paths;
}

/** One line in content/locales.json, and the English tree to be translated over. */
function addLanguage(root: string, tag: string): string[] {
  const [list, tree] = ["content/locales.json", `content/${tag}`];
  refuseExisting(root, [tree]);
  const text = readFileSync(join(root, list), "utf8");
  if (!text.includes(`"${tag}"`)) writeFileSync(join(root, list), withLocale(text, tag));
  cpSync(join(root, "content/en"), join(root, tree), { recursive: true });
  return [list, tree];
}

function withLocale(list: string, tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
  const direction = rightToLeft.has(new Intl.Locale(tag).maximize().script ?? "") ? "rtl" : "ltr";
  const locale = `{ "tag": "${tag}", "name": "${capitalized(name, tag)}", "direction": "${direction}", "fallback": "en" }`;
  return list.replace(/\s*\]\s*$/u, `,\n  ${locale}\n]\n`);
}

function capitalized(name: string, tag: string): string {
  return name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1);
}

const rightToLeft: ReadonlySet<string> = new Set(["Arab", "Hebr", "Syrc", "Thaa"]);

function refuseExisting(root: string, paths: readonly string[]): void {
  const existing = paths.find((path) => existsSync(join(root, path)));
  if (existing !== undefined) throw new Error(`${existing} exists already`);
}

if (import.meta.main) {
  const [kind = "", name = ""] = process.argv.slice(2);
  try {
    for (const path of scaffold(workspaceRoot, kind, name)) console.log(`made ${path}`);
    console.log("Fill them in, then run `npm run generate && npm run check`. docs/contributing/ has the steps.");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
