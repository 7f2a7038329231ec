import { allow } from "../../message/allow.ts";
import { event } from "../../message/event.ts";
import type { SipMessage } from "../../message/message.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import { listed } from "../wording.ts";

const REFUSED: ReadonlySet<number> = new Set([405, 501]);

/** The other side does not take the method. RFC 3261 §8.2.1, §21.4.6, §21.5.2 */
export const methodRefused: Rule<"transaction", "method-refused"> = {
  id: "method-refused",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.1"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const answer = answerOf(root, REFUSED, context);
    // The NOTIFYs of a transfer have a rule of their own.
    if (answer === undefined || answer.request.first(event)?.package.toLowerCase() === "refer") return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const promise = earlierAllow(answer, context);
    const own = response.has(allow) ? [{ message: minted, field: allow }] : [];
    return {
      verdict: "certain",
      cause: promise !== undefined ? "advertised-before" : statusCode === 501 ? "not-implemented" : "not-allowed",
      response,
      origin,
      evidence: [...(promise === undefined ? [] : [{ message: promise, field: allow }]), request, minted, ...own],
      citations: [statusCode === 501 ? "RFC 3261 §21.5.2" : "RFC 3261 §21.4.6", ...(promise ? ["RFC 3261 §20.5"] : [])],
      values: {
        client: root.client.text,
        origin: origin.endpoint.text,
        method: request.method,
        statusCode,
        allowed: listed(response.all(allow)),
        frame: promise?.packet.frame ?? 0,
      },
    };
  },
};

/** A message by which the same side listed the method before: same tag, or from the address that now refuses. RFC 3261 §20.5 */
function earlierAllow({ request, origin }: Answer, { leg }: Context): SipMessage | undefined {
  return leg.messages.find(
    (message) =>
      message.packet.timeMicros < request.packet.timeMicros &&
      isFrom(message, request.toTag, origin.endpoint.address) &&
      message.all(allow).includes(request.method),
  );
}

function isFrom(message: SipMessage, tag: string, address: string): boolean {
  if (tag === "") return message.packet.source.address === address;
  return (message.kind === "request" ? message.fromTag : message.toTag) === tag;
}
