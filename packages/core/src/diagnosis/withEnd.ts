import { dialogOf } from "../dialog/dialog.ts";
import { isChallenge } from "../message/digest.ts";
import { timerB } from "../transaction/timers.ts";
import { isSuccess, type Transaction } from "../transaction/transaction.ts";
import type { AnyDraft } from "./diagnose.ts";
import { microsBetween } from "./elapsed.ts";
import type { Context } from "./rule.ts";
import { endAfter, isRefreshMethod, SHORTEST_WAIT_MICROS } from "./rules/sessionTimer.ts";

/** Answers after which the sender has to take the call as over. RFC 3261 §12.2.1.2 */
const END_THE_CALL: ReadonlySet<number> = new Set([408, 481]);

/** Later than this after the time that it waits somebody else may have hung up. */
const LATEST_MICROS = 10_000_000;

/** Whatever a rule concludes of a request inside of a call that was in vain: that its sender ended the call for it is said with that. */
export function withEnd(draft: AnyDraft, root: Transaction, context: Context): AnyDraft {
  // Where the rule does not say so itself.
  if (draft.values.after !== undefined) return draft;
  const bye = endFor(root, context);
  if (bye === undefined) return draft;
  const status = root.finalResponse?.statusCode;
  const isDue = status === undefined || END_THE_CALL.has(status);
  return {
    ...draft,
    evidence: [...draft.evidence, bye.first],
    citations: [...(draft.citations ?? []), ...(isDue ? ["RFC 3261 §12.2.1.2"] : [])],
    values: { ...draft.values, endedBy: bye.client.text, endedFor: isDue ? "due" : "refusal" },
  };
}

function endFor(root: Transaction, { leg }: Context): Transaction | undefined {
  const { request, finalResponse, method, responses } = root;
  if (request === undefined || request.toTag === "" || method === "BYE") return undefined;
  const dialog = dialogOf(root, leg.dialogs);
  if (dialog?.answer === undefined) return undefined;
  if (finalResponse === undefined) return responses.length > 0 ? undefined : endAfterSilence(root, dialog.requests);
  if (finalResponse.statusCode < 300 || finalResponse.statusCode === 491 || isChallenge(finalResponse.statusCode))
    return undefined;
  return isRefreshMethod(root) || END_THE_CALL.has(finalResponse.statusCode) ? endAfter(dialog, root) : undefined;
}

/** Who gives up waiting for the answer has waited as long as timers B and F, or nearly so, and ends the call then. RFC 3261 §17.1 */
function endAfterSilence({ index, first }: Transaction, requests: readonly Transaction[]): Transaction | undefined {
  const later = requests.filter((other) => other.index > index);
  const bye = later.find(({ method }) => method === "BYE");
  if (bye === undefined || bye.first.fromTag !== first.fromTag) return undefined;
  // What was answered in between shows that the call went on.
  if (later.some((other) => other.index < bye.index && other.responses.some(isSuccess))) return undefined;
  const waited = microsBetween(first, bye.first);
  return waited >= SHORTEST_WAIT_MICROS && waited <= timerB + LATEST_MICROS ? bye : undefined;
}
