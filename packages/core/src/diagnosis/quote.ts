import type { Evidence } from "./rule.ts";

/** The line of a message that shows it, as it was on the wire. */
export function headerFieldQuote(evidence: Extract<Evidence, { message: unknown }>): string {
  if ("line" in evidence) return evidence.line;
  return evidence.message.quote(evidence.field, evidence.index ?? 0);
}
