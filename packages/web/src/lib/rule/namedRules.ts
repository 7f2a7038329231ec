import type { Language } from "@sipwhy/core/language";
import { ruleTitle } from "./ruleTitle.ts";

/** A rule by what it says, for a link to it. */
export interface NamedRule {
  readonly rule: string;
  readonly title: string;
}

export function namedRules(rules: readonly string[], language: Language): NamedRule[] {
  return rules.map((rule) => ({ rule, title: ruleTitle(language.rules[rule]) }));
}
