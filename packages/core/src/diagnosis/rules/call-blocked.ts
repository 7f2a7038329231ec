import { callInfo } from "../../message/callInfo.ts";
import type { SipResponse } from "../../message/message.ts";
import { fromUri } from "../../message/partyUri.ts";
import { reason } from "../../message/reason.ts";
import { answerOf } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { blockedByNetwork } from "./blocking.ts";

const BLOCKED: ReadonlySet<number> = new Set([603, 607, 608]);

/** What somebody gets who may not want it. RFC 8197 §4, RFC 8688 §3.1 */
export const UNWANTED: ReadonlySet<string> = new Set(["INVITE", "MESSAGE", "SUBSCRIBE"]);

const CITATIONS: ReadonlyMap<number, string> = new Map([
  [603, "RFC 3261 §21.6.2"],
  [607, "RFC 8197 §4"],
]);

/** Somebody, or a filter on their behalf, does not want calls from this caller. RFC 8197 §4, RFC 8688 §3.1 */
export const callBlocked: Rule<"transaction", "call-blocked"> = {
  id: "call-blocked",
  inspects: "transaction",
  citations: [],
  finalStatusCodes: BLOCKED,
  check(root, context) {
    // Inside a dialog the call had been taken.
    if (root.request?.toTag !== "" || !UNWANTED.has(root.method)) return undefined;
    const answer = answerOf(root, BLOCKED, context);
    if (answer === undefined || (answer.statusCode === 603 && !blockedByNetwork(root, answer))) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const byPerson = statusCode === 607;
    return {
      // The marks of a 603 are a convention of carriers, no standard.
      verdict: statusCode === 603 ? "likely" : "certain",
      cause: byPerson ? "by-person" : "by-analytics",
      response,
      origin,
      evidence: [request, minted, ...markEvidence(minted)],
      citations: [CITATIONS.get(statusCode) ?? "RFC 8688 §3.1"],
      values: {
        callee: calleeOf(root),
        caller: fromUri(request),
        origin: origin.endpoint.text,
        statusCode,
        method: root.method,
        contact: complaintAddress(response) ?? (statusCode === 603 ? "unnamed" : "none"),
      },
    };
  },
};

/** The jCard with which a 608 has to say whom to ask (RFC 8688 §3.1), or the address that a 603 names in the text of its Reason. */
function complaintAddress(response: SipResponse): string | undefined {
  const all = response.all(callInfo);
  const card = all.find(({ params }) => params.get("purpose")?.toLowerCase() === "jwscard") ?? all[0];
  return card?.uri ?? redressAddress(response);
}

/** As in `v=analytics1;url=https://…`. ATIS-1000099 */
function redressAddress(response: SipResponse): string | undefined {
  const pieces = response.all(reason).flatMap(({ text = "" }) => text.split(";"));
  return pieces.find((piece) => piece.startsWith(URL_PIECE))?.slice(URL_PIECE.length);
}

const URL_PIECE = "url=";

function markEvidence(response: SipResponse): Evidence[] {
  return [callInfo, reason].filter((field) => response.has(field)).map((field) => ({ message: response, field }));
}
