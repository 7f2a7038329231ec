import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest } from "../../message/message.ts";
import { proxyRequire } from "../../message/proxyRequire.ts";
import { require } from "../../message/require.ts";
import { unsupported } from "../../message/unsupported.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
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
    const { request, response, minted, origin } = answer;
    const lacking = response.all(unsupported);
    const field = demandingField(request, lacking);
    const tags = lacking.length > 0 ? lacking : request.all(field);
    const missing = untilRetryIsDue(response, context);
    return {
      verdict: missing.length > 0 ? "indeterminate" : "certain",
      response,
      origin,
      missing,
      evidence: [
        request.has(field) ? { message: request, field } : request,
        minted,
        ...(minted.has(unsupported) ? [{ message: minted, field: unsupported }] : []),
      ],
      values: { client: last.client.text, origin: origin.endpoint.text, tags: tags.join(", "), field: field.name },
    };
  },
};

/** A proxy looks at Proxy-Require only. RFC 3261 §16.3 step 5 */
function demandingField(request: SipRequest, lacking: readonly string[]): HeaderField<string> {
  const inProxyRequire = request.all(proxyRequire).some((tag) => lacking.length === 0 || lacking.includes(tag));
  const inRequire = request.all(require).some((tag) => lacking.length === 0 || lacking.includes(tag));
  return inProxyRequire && !inRequire ? proxyRequire : require;
}
