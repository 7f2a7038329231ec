import type { Message, RuleProse } from "../../packages/core/src/language/language.ts";
import { generatedNotice, type GeneratedFile } from "./emit.ts";
import { sourceTag } from "./locales.ts";
import { valueNames } from "./messages.ts";
import { entriesOf } from "./paths.ts";
import { readRulePages } from "./rulePages.ts";

const folder = "packages/core/src/diagnosis";

/** The list of all rules, and the type of the values which their English prose mentions. */
export function ruleModules(root: string): GeneratedFile[] {
  return [ruleIndex(root), ruleValues(readRulePages(root, sourceTag))];
}

function ruleIndex(root: string): GeneratedFile {
  const ids = entriesOf(root, `${folder}/rules`, ".ts").filter(isRuleId);
  const names = ids.map(camelCase);
  const imports = ids.map((id, index) => `import { ${names[index]} } from "./rules/${id}.ts";\n`).join("");
  const types = names.map((name) => `typeof ${name}`).join(", ");
  return {
    path: `${folder}/rules.generated.ts`,
    text:
      `${generatedNotice}${imports}\n/** Every rule, by id. */\n` +
      `export const rules: readonly [${types}] = [${names.join(", ")}];\n`,
  };
}

function ruleValues(pages: Readonly<Record<string, RuleProse>>): GeneratedFile {
  const rules = Object.keys(pages).map((id) => `${JSON.stringify(id)}: ${valuesType(pages[id])};\n`);
  return {
    path: `${folder}/ruleValues.generated.ts`,
    text:
      `${generatedNotice}\n/** By rule id: each cause its prose knows, with the values its title, why and fix mention. */\n` +
      `export interface RuleValues {\n${rules.join("")}}\n`,
  };
}

function valuesType({ title, why, fix }: RuleProse): string {
  const causes = Object.keys(why)
    .sort()
    .map((cause) => {
      const names = valuesOf([title, why[cause], ...(fix[cause] ?? fix[""] ?? [])]);
      const values = names.map((name) => `readonly ${name}: string | number`).join("; ");
      const causeType = cause === "" ? "readonly cause?: undefined" : `readonly cause: ${JSON.stringify(cause)}`;
      return `{ ${causeType}; readonly values: { ${values} } }`;
    });
  return causes.join(" | ");
}

function valuesOf(messages: readonly Message[]): readonly string[] {
  return [...new Set(messages.flatMap((message) => valueNames(message)))].sort();
}

/** Rule ids are words joined by hyphens; another module in the folder is written in camel case and no rule. */
function isRuleId(name: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)+$/u.test(name);
}

/** `ack-missing` → `ackMissing`. */
export function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());
}
