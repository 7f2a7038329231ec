import type { SipResponse } from "../../message/message.ts";
import { require } from "../../message/require.ts";
import { securityServer } from "../../message/securityServer.ts";
import { supported } from "../../message/supported.ts";
import { answerOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { untilRetryIsDue } from "./retry.ts";

const REQUIRED: ReadonlySet<number> = new Set([421, 494]);

/** The server wants an extension, or an agreed security mechanism, that the request does not offer. RFC 3261 §21.4.16, RFC 3329 §2.3.1 */
export const extensionRequired: Rule<"chain", "extension-required"> = {
  id: "extension-required",
  inspects: "chain",
  citations: [],
  check({ transactions }, context) {
    const last = transactions[transactions.length - 1];
    const statusCode = last.finalResponse?.statusCode;
    if (statusCode !== 421 && statusCode !== 494) return undefined;
    const answer = answerOf(last, REQUIRED, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin } = answer;
    const field = statusCode === 421 ? require : securityServer;
    const missing = untilRetryIsDue(response, context);
    return {
      verdict: missing.length > 0 ? "indeterminate" : "certain",
      response,
      origin,
      missing,
      evidence: [
        request.has(supported) ? { message: request, field: supported } : request,
        minted,
        ...(minted.has(field) ? [{ message: minted, field }] : []),
      ],
      citations: [statusCode === 421 ? "RFC 3261 §21.4.16" : "RFC 3329 §2.3.1"],
      values: { client: last.client.text, origin: origin.endpoint.text, statusCode, tags: tagsOf(response).join(", ") },
    };
  },
};

function tagsOf(response: SipResponse): readonly string[] {
  if (response.statusCode === 421) return response.all(require);
  return response.all(securityServer).map(({ value }) => value);
}
