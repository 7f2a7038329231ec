import { cseq } from "../../message/cseq.ts";
import type { Context, Rule } from "../rule.ts";
import { logOf } from "../missing.ts";
import { outOfOrder } from "./requestOrder.ts";

/** A 500 that the CSeq of the request or a change still open explains. RFC 3261 §12.2.2, §14.2; RFC 3311 §5.2 */
export const sequenceOutOfOrder: Rule<"dialog", "sequence-out-of-order"> = {
  id: "sequence-out-of-order",
  inspects: "dialog",
  citations: ["RFC 3261 §12.2.2"],
  check(dialog, context: Context) {
    for (const root of dialog.requests) {
      const found = outOfOrder(root, [dialog]);
      const response = root.finalResponse;
      if (found === undefined || root.request === undefined || response === undefined) continue;
      const { cause, earlier, isProven } = found;
      const origin = context.originOf(root, response);
      return {
        verdict: isProven ? "certain" : "likely",
        cause,
        response,
        origin,
        evidence: [{ message: earlier.first, field: cseq }, { message: root.request, field: cseq }, response],
        missing: isProven ? [] : [logOf(origin.endpoint, response.callId)],
        citations:
          cause === "overlapping-invite" ? [root.method === "UPDATE" ? "RFC 3311 §5.2" : "RFC 3261 §14.2"] : [],
        values: {
          client: root.client.text,
          origin: origin.endpoint.text,
          method: root.method,
          statusCode: response.statusCode,
          sent: root.cseqNumber,
          last: earlier.cseqNumber,
          open: earlier.method,
        },
      };
    }
    return undefined;
  },
};
