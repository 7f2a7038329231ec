import type { CodePair, Facts, Symptom } from "../../packages/core/src/reference/facts.ts";
import type {
  CodeProse,
  PairProse,
  ReferenceLanguage,
  ShortProse,
  SymptomProse,
} from "../../packages/core/src/reference/referenceLanguage.ts";
import { citedRfcs } from "./citations.ts";
import { generatedNotice, jsonExpression, type GeneratedFile } from "./emit.ts";
import { withFallback } from "./languageModules.ts";
import type { ResponseCode } from "../../packages/core/src/reference/responseCode.ts";
import { listPatterns } from "./listPatterns.ts";
import { begunLocales, sourceTag } from "./locales.ts";
import { parsePage, type Page } from "./markdown.ts";
import { entriesOf, readJson, readText } from "./paths.ts";
import { readStrings } from "./strings.ts";

const folder = "packages/core/src/reference";

/** Facts of the reference, and its prose per language. */
export function referenceModules(root: string): GeneratedFile[] {
  return [factsModule(root), ...begunLocales(root).map(({ tag }) => proseModule(root, tag))];
}

/** All facts of content/, as they are compiled into the library. */
export function readFacts(root: string): Facts {
  const registry = readJson<{ date: string }>(root, "content/registries/sip-response-codes.json");
  const facts: Omit<Facts, "rfcs"> = {
    date: registry?.date ?? "",
    codes: readEntries<ResponseCode>(root, "codes").map((code) => withoutPlannedRules(root, code)),
    q850: readEntries(root, "q850"),
    warnings: readEntries(root, "warnings"),
    reasons: readEntries(root, "reasons"),
    pairs: readEntries<CodePair>(root, "pairs"),
    unregistered: readEntries(root, "unregistered"),
    symptoms: readSymptoms(root),
    profiles: readJson<Facts["profiles"]>(root, "content/profiles.json") ?? ({} as Facts["profiles"]),
  };
  return { ...facts, rfcs: citedRfcs(root, JSON.stringify(facts)) };
}

/** What people notice. */
export function readSymptoms(root: string): readonly Symptom[] {
  return readJson(root, "content/symptoms.json") ?? [];
}

/** A related rule is shown once it exists. */
function withoutPlannedRules(root: string, code: ResponseCode): ResponseCode {
  const exists = (rule: string) => readText(root, `content/${sourceTag}/rules/${rule}.md`) !== undefined;
  return { ...code, relatedRules: code.relatedRules.filter(exists) };
}

function readEntries<T>(root: string, name: string): T[] {
  return entriesOf(root, `content/${name}`, ".json").map((entry) =>
    readJson<T>(root, `content/${name}/${entry}.json`)!,
  );
}

function factsModule(root: string): GeneratedFile {
  return {
    path: `${folder}/facts.generated.ts`,
    text:
      `${generatedNotice}import type { Facts } from "./facts.ts";\n\n` +
      `export const facts: Facts = ${jsonExpression(readFacts(root), 2)} as Facts;\n`,
  };
}

function proseModule(root: string, tag: string): GeneratedFile {
  return {
    path: `${folder}/languages/${tag}.ts`,
    text:
      `${generatedNotice}import type { ReferenceLanguage } from "../referenceLanguage.ts";\n\n` +
      `export const reference: ReferenceLanguage = ${jsonExpression(readProse(root, tag), 2)} as ReferenceLanguage;\n`,
  };
}

/** The prose of the reference in one language; what a translation lacks is English. */
export function readProse(root: string, tag: string): ReferenceLanguage {
  const short = (name: string) => withFallback(tag, (from) => readShort(root, from, name));
  return {
    tag,
    lists: { conjunction: listPatterns(tag, "conjunction"), disjunction: listPatterns(tag, "disjunction") },
    strings: withFallback(tag, (from) => readStrings(root, from, "reference")),
    codes: withFallback(tag, (from) => readPages(root, from, "codes", codeProse)),
    pairs: withFallback(tag, (from) => readPages(root, from, "pairs", pairProse)),
    q850: short("q850"),
    warnings: short("warnings"),
    reasons: short("reasons"),
    unregistered: short("unregistered"),
    symptoms: withFallback(tag, (from) => readShort<SymptomProse>(root, from, "symptoms")),
  };
}

function readShort<T = ShortProse>(root: string, tag: string, name: string): Record<string, T> {
  const { $source: _stamp, ...entries } = readJson<Record<string, T>>(root, `content/${tag}/${name}.json`) ?? {};
  return entries;
}

function readPages<T>(root: string, tag: string, name: string, read: (page: Page) => T): Record<string, T> {
  const pages: Record<string, T> = {};
  for (const entry of entriesOf(root, `content/${tag}/${name}`, ".md")) {
    const path = `content/${tag}/${name}/${entry}.md`;
    pages[entry] = read(parsePage(readText(root, path)!, path));
  }
  return pages;
}

function codeProse(page: Page): CodeProse {
  const fix: Record<string, readonly string[]> = {};
  for (const { key, items, paragraphs } of page.sections) {
    if (key.startsWith("fix/")) fix[key.slice("fix/".length)] = [...paragraphs, ...items];
  }
  return { summary: page.frontMatter.summary ?? "", says: textsOf(page, "says"), seen: textsOf(page, "seen"), fix };
}

function pairProse(page: Page): PairProse {
  return {
    title: page.frontMatter.title ?? "",
    fact: textsOf(page, "fact"),
    trace: textsOf(page, "trace"),
    choose: textsOf(page, "choose"),
  };
}

function textsOf(page: Page, key: string): readonly string[] {
  const section = page.sections.find((candidate) => candidate.key === key);
  return section ? [...section.paragraphs, ...section.items] : [];
}
