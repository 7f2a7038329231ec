import { allowEvents } from "../../message/allowEvents.ts";
import { event } from "../../message/event.ts";
import type { SipRequest } from "../../message/message.ts";
import { answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Rule } from "../rule.ts";
import { whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
import { isMeantForOthers } from "./methodsOfCodes.ts";

const BAD_EVENT: ReadonlySet<number> = new Set([489]);

/** The other side does not know what is subscribed to, published or reported. RFC 6665 §8.3.2 */
export const eventPackageRefused: Rule<"transaction", "event-package-refused"> = {
  id: "event-package-refused",
  inspects: "transaction",
  citations: ["RFC 6665 §8.3.2", "RFC 6665 §8.2.1"],
  finalStatusCodes: BAD_EVENT,
  check(root, context) {
    const answer = answerOf(root, BAD_EVENT, context);
    if (answer === undefined || isMeantForOthers(answer.asked.method, answer.statusCode)) return undefined;
    const { asked, response, minted, origin } = answer;
    const name = packageOf(asked);
    // The NOTIFYs of a transfer have a rule of their own.
    if (root.method === "NOTIFY" && name.toLowerCase() === "refer") return undefined;
    const known = minted.all(allowEvents);
    const doubt = name === "" ? "no-event" : known.includes(name) ? "listed" : "none";
    const sender = firstHopWith(root, answer, context, (request) => packageOf(request) === name);
    return {
      verdict: doubt === "none" ? "certain" : doubt === "listed" ? "indeterminate" : "likely",
      response,
      origin,
      missing: doubt === "none" ? [] : [whoKnows(origin, asked.callId)],
      evidence: [
        asked.has(event) ? { message: asked, field: event } : asked,
        minted.has(allowEvents) ? { message: minted, field: allowEvents } : minted,
      ],
      values: {
        client: (sender ?? root).client.text,
        origin: origin.endpoint.text,
        method: root.method,
        package: name,
        offered: listed(known),
        doubt,
      },
    };
  },
};

function packageOf(request: SipRequest): string {
  return request.first(event)?.package ?? "";
}
