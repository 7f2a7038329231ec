import { sourceTag } from "../locales.ts";
import { entriesOf } from "../paths.ts";
import { readSymptoms } from "../referenceModules.ts";
import type { Problem } from "./problem.ts";

/** No symptom leads to a rule that does not exist. */
export function checkSymptoms(root: string): Problem[] {
  const rules = entriesOf(root, `content/${sourceTag}/rules`, ".md");
  const named = new Set(readSymptoms(root).flatMap((each) => each.rules));
  return [...named]
    .filter((rule) => !rules.includes(rule))
    .map((rule) => ({ path: "content/symptoms.json", message: `there is no rule ${rule}` }));
}
