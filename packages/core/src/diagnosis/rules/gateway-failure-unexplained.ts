import type { SipResponse } from "../../message/message.ts";
import { reason } from "../../message/reason.ts";
import { answerAsGiven } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { isBefore } from "../elapsed.ts";
import { behind, beside, logOf } from "../missing.ts";
import { listed } from "../wording.ts";
import { BAD_GATEWAY, outOfOrderCause, unusableResponse } from "./gatewayAnswer.ts";
import { sentOn } from "./sentOn.ts";

/** A 502 that neither a downstream answer nor a Q.850 cause explains. RFC 3261 §21.5.3 */
export const gatewayFailureUnexplained: Rule<"transaction", "gateway-failure-unexplained"> = {
  id: "gateway-failure-unexplained",
  inspects: "transaction",
  citations: ["RFC 3261 §21.5.3"],
  finalStatusCodes: BAD_GATEWAY,
  check(root, context) {
    const answer = answerAsGiven(root, context, BAD_GATEWAY);
    if (answer === undefined || outOfOrderCause(answer, context) !== undefined) return undefined;
    if (unusableResponse(answer, context) !== undefined) return undefined;
    const { asked, response, minted, statusCode, origin } = answer;
    const tried = sentOn(answer, context);
    const got = tried
      .map(({ finalResponse }) => finalResponse)
      .findLast((final) => final !== undefined && isBefore(final, minted));
    const last = tried.at(-1)?.server;
    const where = last === undefined ? behind(origin.endpoint) : beside(last);
    return {
      verdict: "indeterminate",
      response,
      origin,
      evidence: [asked, ...(got === undefined ? [] : [got]), ...mintedWithReason(minted)],
      saysCodeOnly: tried.length === 0 && minted.all(reason).length === 0,
      missing: [...(got === undefined ? [where] : []), logOf(origin.endpoint, minted.callId)],
      values: {
        origin: origin.endpoint.text,
        statusCode,
        callId: minted.callId,
        seen: got !== undefined ? "answer" : last !== undefined ? "request" : "nothing",
        next: (got?.packet.source ?? last)?.text ?? "",
        downstreamCode: got?.statusCode ?? 0,
        said: saidBy(minted),
      },
    };
  },
};

function mintedWithReason(minted: SipResponse): Evidence[] {
  return minted.has(reason) ? [minted, { message: minted, field: reason }] : [minted];
}

/** What its Reason header field names, without the text. */
function saidBy(response: SipResponse): string {
  return listed(
    response.all(reason).map(({ protocol, cause }) => (cause === undefined ? protocol : `${protocol} ${cause}`)),
  );
}
