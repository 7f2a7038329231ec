import { sourceTag } from "../locales.ts";
import { entriesOf } from "../paths.ts";
import { readSymptoms } from "../referenceModules.ts";
import type { Problem } from "./problem.ts";

/** Every rule is what some symptom leads to, or is said to be without one; no symptom names a rule that does not exist. */
export function checkSymptoms(root: string): Problem[] {
  const path = "content/symptoms.json";
  const rules = entriesOf(root, `content/${sourceTag}/rules`, ".md");
  const { symptoms, rulesWithout } = readSymptoms(root);
  const named = new Set(symptoms.flatMap((each) => each.rules));
  return [
    ...rules
      .filter((rule) => !named.has(rule) && !rulesWithout.includes(rule))
      .map((rule) => `no symptom leads to the rule ${rule}, and rulesWithout does not have it`),
    ...[...named, ...rulesWithout].filter((rule) => !rules.includes(rule)).map((rule) => `there is no rule ${rule}`),
    ...rulesWithout.filter((rule) => named.has(rule)).map((rule) => `${rule} has a symptom and is in rulesWithout`),
  ].map((message) => ({ path, message }));
}
