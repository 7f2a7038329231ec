import { reason } from "../../message/reason.ts";
import type { SipResponse } from "../../message/message.ts";
import { facts, nameOf, responseCode } from "../../reference/facts.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";
import { SEND_FAILED } from "./service-unavailable.ts";
import { reasonText } from "../wording.ts";

/**
 * A status code that nobody registered. RFC 3261 §8.1.3.2, §27.4
 * Deviation: one finding a transaction, not one for each message that carries the code.
 */
export const statusUnregistered: Rule<"transaction", "status-unregistered"> = {
  id: "status-unregistered",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.3.2", "RFC 3261 §27.4"],
  check(root, context) {
    const response = unregisteredResponse(root);
    // What these mean is known, and told as that.
    if (response === undefined || SEND_FAILED.has(response.statusCode)) return undefined;
    const { statusCode } = response;
    const origin = context.originOf(root, response);
    const known = facts.unregistered.find(({ code }) => code === statusCode);
    const [given] = response.all(reason);
    const products = [...new Set(known?.senders.map(({ product }) => product))];
    return {
      verdict: "certain",
      response,
      origin,
      evidence: given === undefined ? [response] : [response, { message: response, field: reason }],
      values: {
        origin: origin.endpoint.text,
        statusCode,
        status: `${statusCode} ${response.reasonPhrase}`.trim(),
        product: products.length === 0 ? "none" : products.join(", "),
        nearest: known === undefined ? "none" : nameOf(known.nearest),
        general: generalCode(statusCode),
        reason: given === undefined ? "none" : reasonText(given),
      },
    };
  },
};

function unregisteredResponse({ responses }: Transaction): SipResponse | undefined {
  for (const response of responses) {
    const { statusCode } = response;
    // What is no status code at all is a malformed response.
    if (statusCode >= 100 && statusCode <= 699 && responseCode(statusCode) === undefined) return response;
  }
  return undefined;
}

/** An unknown final code counts as x00 of its class, an unknown provisional one as 183. RFC 3261 §8.1.3.2 */
function generalCode(statusCode: number): string {
  return nameOf(statusCode < 200 ? 183 : Math.floor(statusCode / 100) * 100);
}
