import type { Transaction } from "../transaction/transaction.ts";
import type { AnyDraft } from "./diagnose.ts";
import type { Context } from "./rule.ts";
import { endFor, isDueAfter } from "./rules/endFor.ts";

/** Whatever a rule concludes of a request inside of a call that was in vain: that its sender ended the call for it is said with that. */
export function withEnd(draft: AnyDraft, root: Transaction, { leg }: Context): AnyDraft {
  // Where the rule does not say so itself.
  if (draft.values.after !== undefined) return draft;
  const end = endFor(root, leg);
  if (end === undefined) return draft;
  const isCancel = end.method === "CANCEL";
  const isDue = !isCancel && isDueAfter(root);
  return {
    ...draft,
    evidence: [...draft.evidence, end.first],
    citations: [...(draft.citations ?? []), ...(isDue ? ["RFC 3261 §12.2.1.2"] : [])],
    values: { ...draft.values, endedBy: end.client.text, endedFor: isCancel ? "cancel" : isDue ? "due" : "refusal" },
  };
}
