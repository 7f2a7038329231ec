import { reason } from "../../message/reason.ts";
import type { Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { logOf } from "../missing.ts";
import { remappingOf } from "./remapping.ts";

/** Linked legs end with different codes, and a mapping by way of a Q.850 cause explains it. RFC 3398 §7.2.4.1, §8.2.6.1 */
export const statusRemapped: Rule<"call", "status-remapped"> = {
  id: "status-remapped",
  inspects: "call",
  citations: ["RFC 3398 §8.2.6.1", "RFC 3398 §7.2.4.1"],
  check(call, context) {
    const remapping = call.legs.length < 2 ? undefined : remappingOf(call);
    const final = call.attempt?.finalResponse;
    if (remapping === undefined || call.attempt === undefined || final === undefined) return undefined;
    const { at, sent, got, q850, table, proven } = remapping;
    return {
      verdict: proven ? "certain" : "likely",
      response: sent,
      origin: context.originOf(call.attempt, final),
      evidence: [got, sent].flatMap((seen) => (seen.has(reason) ? [seen, { message: seen, field: reason }] : [seen])),
      missing: proven ? [] : [logOf(at.server, at.first.callId)],
      values: {
        callee: calleeOf(call.attempt),
        element: at.server.text,
        next: got.packet.source.text,
        statusCode: sent.statusCode,
        downstreamCode: got.statusCode,
        q850,
        table,
        frame: context.frameName(got.packet),
      },
    };
  },
};
