import type { Language } from "@sipwhy/core/language";
import { search, type SearchHit } from "@sipwhy/core/reference";
import type { Loaders } from "#lib/languages/loaders.ts";
import { namedRules, type NamedRule } from "#lib/rule/namedRules.ts";
import { unfilled } from "#lib/rule/ruleTitle.ts";

/** One result of a search. */
export interface FoundPage {
  readonly kind: "code" | "q850" | "warning" | "reason" | "unregistered" | "symptom" | "rule" | "term";
  readonly title: string;
  readonly text: string;
  /** Below the language. */
  readonly path: string;
  /** Of a symptom: the rules that may say why. */
  readonly rules?: readonly NamedRule[];
}

const folders = {
  code: "codes",
  q850: "q850",
  warning: "warnings",
  reason: "reasons",
  unregistered: "unregistered",
} as const;

/** What fits the words of a reader, best first: the reference and symptoms, then words of the glossary and rules that say all of them. */
export async function findPages(query: string, words: Loaders): Promise<FoundPage[]> {
  const [reference, language] = [await words.reference(), await words.language()];
  const entries = search(query, reference).map((hit) => foundPage(hit, language));
  return [...entries, ...(await termsWith(query, words)), ...(await rulesWith(query, words))];
}

function foundPage({ kind, id, title, text, rules = [] }: SearchHit, language: Language): FoundPage {
  if (kind !== "symptom") return { kind, title, text, path: `${folders[kind]}/${id}/` };
  return { kind, title, text, path: `symptoms/#${id}`, rules: namedRules(rules, language) };
}

async function termsWith(query: string, words: Loaders): Promise<FoundPage[]> {
  const terms = Object.entries(await words.glossary());
  return terms
    .filter(([, { name, says }]) => hasAll(`${name} ${says}`, query))
    .map(([id, { name, says }]) => ({ kind: "term", title: name, text: says, path: `glossary/#${id}` }));
}

async function rulesWith(query: string, words: Loaders): Promise<FoundPage[]> {
  const rules = Object.entries((await words.language()).rules);
  return rules
    .map(([rule, { title }]) => ({ kind: "rule" as const, title: rule, text: unfilled(title), path: `rules/${rule}/` }))
    .filter(({ title, text }) => hasAll(`${title} ${text}`, query));
}

function hasAll(text: string, query: string): boolean {
  const folded = text.toLowerCase();
  const wanted = query.toLowerCase().slice(0, 200).split(/\s+/u).filter(Boolean);
  return wanted.length > 0 && wanted.every((word) => folded.includes(word));
}
