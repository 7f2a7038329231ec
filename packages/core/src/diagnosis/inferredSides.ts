import type { SipMessage } from "../message/message.ts";
import type { AnyDraft, AnyRule } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";

/**
 * A log that does not name both sides of its messages leaves them to be inferred: what a rule concludes from comparing them, one more
 * message or a capture could overturn. Guard G2.
 */
export function withinWhatIsNamed(rule: AnyRule, draft: AnyDraft): AnyDraft {
  if (draft.verdict !== "certain" || !restsOnSides(rule, draft) || !messagesOf(draft).some(hasInferredSide))
    return draft;
  const missing = [...(draft.missing ?? []), { kind: "named-sides", values: {} } as const];
  return { ...draft, verdict: "likely", missing };
}

function restsOnSides({ restsOnSides: rests }: AnyRule, { cause }: AnyDraft): boolean {
  return rests === true || (rests !== undefined && cause !== undefined && rests.includes(cause));
}

function hasInferredSide({ packet: { source, destination } }: SipMessage): boolean {
  return source.inferred === true || destination.inferred === true;
}
