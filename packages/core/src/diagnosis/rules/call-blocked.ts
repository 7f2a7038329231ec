import { callInfo } from "../../message/callInfo.ts";
import { from } from "../../message/from.ts";
import type { SipResponse } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { answerOf } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { calleeOf } from "../wording.ts";
import { blockedByNetwork } from "./blocking.ts";

const BLOCKED: ReadonlySet<number> = new Set([603, 607, 608]);

/** Somebody, or a filter on their behalf, does not want calls from this caller. RFC 8197 §4, RFC 8688 §3.1 */
export const callBlocked: Rule<"transaction", "call-blocked"> = {
  id: "call-blocked",
  inspects: "transaction",
  citations: [],
  finalStatusCodes: BLOCKED,
  check(root, context) {
    const answer = answerOf(root, BLOCKED, context);
    if (answer === undefined || (answer.statusCode === 603 && !blockedByNetwork(answer.response))) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const byPerson = statusCode === 607;
    return {
      // The marks of a 603 are a convention of carriers, no standard.
      verdict: statusCode === 603 ? "likely" : "certain",
      cause: byPerson ? "by-person" : "by-analytics",
      response,
      origin,
      evidence: [request, minted, ...markEvidence(minted)],
      citations: [byPerson ? "RFC 8197 §4" : "RFC 8688 §3.1"],
      values: {
        callee: calleeOf(root),
        caller: uriWithoutParameters(request.first(from)?.uri ?? ""),
        origin: origin.endpoint.text,
        statusCode,
        contact: complaintAddress(response) ?? "none",
      },
    };
  },
};

/** The jCard with which a 608 has to say whom to ask. RFC 8688 §3.1 */
function complaintAddress(response: SipResponse): string | undefined {
  const all = response.all(callInfo);
  return (all.find(({ params }) => params.get("purpose")?.toLowerCase() === "jwscard") ?? all[0])?.uri;
}

function markEvidence(response: SipResponse): Evidence[] {
  return [callInfo, reason].filter((field) => response.has(field)).map((field) => ({ message: response, field }));
}
