import { type Call, isLoose } from "../call/call.ts";
import type { BasisKind } from "../call/origin.ts";
import type { AnyDraft } from "./diagnose.ts";
import { messagesOf } from "./messagesOf.ts";

/** Nothing is certain that rests on two legs which a number, the times of several or their answers join, and nothing else. Guard G5. */
export function withinWhatIsJoined(call: Call, draft: AnyDraft): AnyDraft {
  if (draft.verdict !== "certain" || !call.links.some(isLoose)) return draft;
  const isFollowed = draft.origin?.basis.some(({ kind }) => LOOSE.has(kind)) ?? false;
  return isFollowed || !isOfOneLeg(draft, call) ? { ...draft, verdict: "likely" } : draft;
}

const LOOSE: ReadonlySet<BasisKind> = new Set<BasisKind>([
  "joined-by-number",
  "joined-by-ringing",
  "joined-by-answers",
]);

/** True where all messages that it shows are of one leg, or of legs that something surer joins. */
function isOfOneLeg(draft: AnyDraft, call: Call): boolean {
  const callIds = messagesOf(draft).map(({ callId }) => callId);
  const joined = surelyJoined(callIds[0], call);
  return callIds.every((callId) => joined.has(callId));
}

function surelyJoined(callId: string, { links }: Call): ReadonlySet<string> {
  const sure = links.filter((link) => !isLoose(link));
  const found = new Set([callId]);
  for (let before = 0; found.size > before;) {
    before = found.size;
    for (const { callIds } of sure) {
      if (callIds.some((each) => found.has(each))) for (const each of callIds) found.add(each);
    }
  }
  return found;
}
