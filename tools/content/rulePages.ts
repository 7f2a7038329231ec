import type { Message, RuleProse } from "../../packages/core/src/language/language.ts";
import { parsePage, type Section } from "./markdown.ts";
import { compileMessage } from "./messages.ts";
import { entriesOf, readText } from "./paths.ts";

/** The prose of every rule of one language, by rule id. */
export function readRulePages(root: string, tag: string): Record<string, RuleProse> {
  const folder = `content/${tag}/rules`;
  const rules: Record<string, RuleProse> = {};
  for (const id of entriesOf(root, folder, ".md")) {
    rules[id] = readRulePage(readText(root, `${folder}/${id}.md`)!, `${folder}/${id}.md`);
  }
  return rules;
}

function readRulePage(text: string, path: string): RuleProse {
  const { frontMatter, sections } = parsePage(text, path);
  const why: Record<string, Message> = {};
  const fix: Record<string, readonly Message[]> = {};
  for (const section of sections) {
    const [kind, cause = ""] = section.key.split(" ");
    const where = `${path} (${section.key})`;
    if (kind === "why") why[cause] = compileMessage(section.paragraphs.join("\n\n"), where);
    else if (kind === "fix") fix[cause] = stepsOf(section).map((step) => compileMessage(step, where));
    else throw new Error(`${where}: a rule has \`why\` and \`fix\` sections only`);
  }
  return { title: compileMessage(frontMatter.title ?? "", `${path} (title)`), why, fix };
}

function stepsOf({ items, paragraphs }: Section): readonly string[] {
  return [...paragraphs, ...items];
}
