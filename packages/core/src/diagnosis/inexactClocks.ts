import type { BasisKind } from "../call/origin.ts";
import type { AnyDraft } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";

/** What a network takes is no more than this, so the order of what two captures hold is known. */
export const ORDERED_MICROS = 20_000;
/** Reasons that go by what came before what. */
const BY_ORDER: ReadonlySet<BasisKind> = new Set<BasisKind>([
  "nothing-came-back",
  "answer-not-in-view",
  "other-answer-came-back",
]);

/** Where it is not known exactly how far the clocks of two captures are apart, nothing is certain that rests on the order of messages in both. */
export function withinWhatClocksSay(marginMicros: number, draft: AnyDraft): AnyDraft {
  if (draft.verdict !== "certain" || marginMicros <= ORDERED_MICROS) return draft;
  const captures = new Set(messagesOf(draft).map(({ packet: { capture } }) => capture));
  const goesByOrder = draft.origin?.basis.some(({ kind }) => BY_ORDER.has(kind)) ?? false;
  return captures.size > 1 || goesByOrder ? { ...draft, verdict: "likely" } : draft;
}
