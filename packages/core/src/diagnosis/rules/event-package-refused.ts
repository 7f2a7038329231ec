import { allowEvents } from "../../message/allowEvents.ts";
import { event } from "../../message/event.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { listed } from "../wording.ts";

const BAD_EVENT: ReadonlySet<number> = new Set([489]);

/** The other side does not know what is subscribed to, published or reported. RFC 6665 §8.3.2 */
export const eventPackageRefused: Rule<"transaction", "event-package-refused"> = {
  id: "event-package-refused",
  inspects: "transaction",
  citations: ["RFC 6665 §8.3.2", "RFC 6665 §8.2.1"],
  finalStatusCodes: BAD_EVENT,
  check(root, context) {
    const answer = answerOf(root, BAD_EVENT, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin } = answer;
    const asked = request.first(event)?.package ?? "";
    // The NOTIFYs of a transfer have a rule of their own.
    if (root.method === "NOTIFY" && asked.toLowerCase() === "refer") return undefined;
    return {
      verdict: "certain",
      response,
      origin,
      evidence: [
        request.has(event) ? { message: request, field: event } : request,
        response.has(allowEvents) ? { message: minted, field: allowEvents } : minted,
      ],
      values: {
        client: root.client.text,
        origin: origin.endpoint.text,
        method: root.method,
        package: asked,
        offered: listed(response.all(allowEvents)),
      },
    };
  },
};
