import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest } from "../../message/message.ts";
import { proxyRequire } from "../../message/proxyRequire.ts";
import { require } from "../../message/require.ts";
import { unsupported } from "../../message/unsupported.ts";
import { answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Rule } from "../rule.ts";
import { whoKnows } from "../missing.ts";
import { untilRetryIsDue } from "./retry.ts";

const BAD_EXTENSION: ReadonlySet<number> = new Set([420]);

/** `Require` or `Proxy-Require` asks for what the other side lacks, and no attempt without it succeeded. RFC 3261 §8.2.2.3 */
export const extensionRefused: Rule<"chain", "extension-refused"> = {
  id: "extension-refused",
  inspects: "chain",
  citations: ["RFC 3261 §8.2.2.3", "RFC 3261 §21.4.15"],
  check({ transactions }, context) {
    const last = transactions[transactions.length - 1];
    if (last.finalResponse?.statusCode !== 420) return undefined;
    const answer = answerOf(last, BAD_EXTENSION, context);
    if (answer === undefined) return undefined;
    const { asked, response, minted, origin, lastHop } = answer;
    const lacking = minted.all(unsupported);
    const demands = (request: SipRequest): boolean => demandedOf(request, lacking).length > 0;
    const isDemanded = demands(asked);
    const demander = isDemanded ? (firstHopWith(last, answer, context, demands) ?? last) : lastHop;
    const field = demandingField(asked, lacking);
    const tags = isDemanded ? demandedOf(asked, lacking) : lacking;
    // Without a tag on either side the response itself is what is wrong.
    if (tags.length === 0) return undefined;
    const due = untilRetryIsDue(response, context);
    const unsure = whoKnows(origin, asked.callId);
    return {
      verdict: due.length > 0 ? "indeterminate" : isDemanded ? "certain" : "likely",
      response,
      origin,
      missing: isDemanded ? due : [...due, unsure],
      evidence: [
        asked.has(field) ? { message: asked, field } : asked,
        minted,
        ...(minted.has(unsupported) ? [{ message: minted, field: unsupported }] : []),
      ],
      values: {
        client: demander.client.text,
        origin: origin.endpoint.text,
        tags: tags.join(", "),
        field: field.name,
        demanded: isDemanded ? "yes" : "no",
      },
    };
  },
};

/** The option tags that a request demands and that are refused; all that it demands where the refusal names none. */
function demandedOf(request: SipRequest, lacking: readonly string[]): string[] {
  const demanded = new Set([...request.all(require), ...request.all(proxyRequire)]);
  return [...demanded].filter((tag) => isAmong(tag, lacking));
}

function isAmong(tag: string, lacking: readonly string[]): boolean {
  return lacking.length === 0 || lacking.some((each) => each.toLowerCase() === tag.toLowerCase());
}

/** A proxy looks at Proxy-Require only. RFC 3261 §16.3 step 5 */
function demandingField(request: SipRequest, lacking: readonly string[]): HeaderField<string> {
  const inProxyRequire = request.all(proxyRequire).some((tag) => isAmong(tag, lacking));
  const inRequire = request.all(require).some((tag) => isAmong(tag, lacking));
  return inProxyRequire && !inRequire ? proxyRequire : require;
}
