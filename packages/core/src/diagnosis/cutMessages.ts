import type { AnyDraft } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";

/** Of a message whose header is not all there, a field that was sent may be missing: nothing is certain that rests on one. Guard G2. */
export function withinWhatWasKept(draft: AnyDraft): AnyDraft {
  if (draft.verdict !== "certain" || !messagesOf(draft).some(({ headerCut }) => headerCut)) return draft;
  const missing = [...(draft.missing ?? []), { kind: "whole-messages", values: {} } as const];
  return { ...draft, verdict: "likely", missing };
}
