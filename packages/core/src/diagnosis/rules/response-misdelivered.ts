import type { SipRequest } from "../../message/message.ts";
import { via } from "../../message/via.ts";
import type { Rule } from "../rule.ts";
import { beside } from "../missing.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { isPrivateAddress, isPublicAddress } from "./reachability.ts";

/** Retransmissions after the response that leave no doubt: with fewer, a slow client may have got it, and what it sent then be missing in the capture. */
const RETRANSMISSIONS_THAT_PROVE_IT = 3;

/** Responses go elsewhere than where the request came from, and do not arrive. RFC 3261 §18.2.2, RFC 3581 §4 */
export const responseMisdelivered: Rule<"transaction", "response-misdelivered"> = {
  id: "response-misdelivered",
  inspects: "transaction",
  citations: ["RFC 3261 §18.2.2", "RFC 3581 §4"],
  restsOnSides: true,
  check(root, { leg }) {
    if (root.requests.length < 2) return undefined;
    const misdelivery = misdeliveryOf(root, leg);
    if (misdelivery?.cause === undefined || root.request === undefined) return undefined;
    const { response, again, cause } = misdelivery;
    const proven = again.length >= RETRANSMISSIONS_THAT_PROVE_IT;
    return {
      verdict: proven ? "certain" : "likely",
      cause,
      response,
      element: root.server,
      evidence: [{ message: root.request, field: via }, response, ...again],
      missing: proven ? [] : [beside(root.client)],
      values: {
        client: root.client.text,
        server: root.server.text,
        delivered: response.packet.destination.text,
        method: root.method,
        statusCode: response.statusCode,
        nat: isRewritten(root.request) ? "yes" : "no",
      },
    };
  },
};

/** The packet does not come from the address that its Via names. RFC 3581 §4 */
function isRewritten(request: SipRequest): boolean {
  const host = request.first(via)?.host ?? "";
  return (isPrivateAddress(host) || isPublicAddress(host)) && host !== request.packet.source.address;
}
