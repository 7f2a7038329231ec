import type { CallReport } from "@sipwhy/core";
import { wentWrong } from "@sipwhy/core/view";
import type { CallRow } from "../protocol.ts";
import { clipped } from "./clipped.ts";

/** Characters of a URI that are kept for the list and its filter. */
const LONGEST = 120;
/** Of one call. */
const CALL_IDS_KEPT = 8;

export function rowOf(call: CallReport): CallRow {
  const { id, kind, outcome, from, to, startTime, durationSeconds, untimed, callIds } = call;
  return {
    id,
    callIds: callIds.slice(0, CALL_IDS_KEPT).map((callId) => callId.slice(0, LONGEST).toLowerCase()),
    kind,
    outcome: outcome.kind,
    ...(outcome.statusCode === undefined ? {} : { statusCode: outcome.statusCode }),
    from: partyOf(from),
    to: partyOf(to),
    ...(untimed === true ? { start: "" } : { start: startTime, seconds: durationSeconds }),
    wrong: wentWrong(call),
  };
}

/** `alice@example.org`: a SIP URI without its scheme, safe to show. */
export function partyOf(uri: string): string {
  return clipped(uri.startsWith("sip:") ? uri.slice(4) : uri, LONGEST);
}
