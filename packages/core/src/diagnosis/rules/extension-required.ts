import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import type { Parameterized } from "../../message/parameterized.ts";
import { proxyRequire } from "../../message/proxyRequire.ts";
import { require } from "../../message/require.ts";
import { securityClient } from "../../message/securityClient.ts";
import { securityServer } from "../../message/securityServer.ts";
import { securityVerify } from "../../message/securityVerify.ts";
import { supported } from "../../message/supported.ts";
import { via } from "../../message/via.ts";
import { type Answer, answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Rule, Verdict } from "../rule.ts";
import { whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
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
    if (answer === undefined || goesOnOutOfView(answer)) return undefined;
    const { asked, response, minted, origin, lastHop } = answer;
    const field = statusCode === 421 ? require : securityServer;
    const tags = tagsOf(minted);
    const lacks = (request: SipRequest): boolean => !offersAll(request, tags);
    const isOffered = statusCode === 421 && !lacks(asked);
    const due = untilRetryIsDue(response, context);
    const verdict: Verdict = tags.length === 0 || isOffered ? "likely" : "certain";
    const unsure = whoKnows(origin, asked.callId);
    return {
      verdict: due.length > 0 ? "indeterminate" : verdict,
      response,
      origin,
      missing: verdict === "certain" ? due : [...due, unsure],
      evidence: [
        asked.has(supported) ? { message: asked, field: supported } : asked,
        minted,
        ...(minted.has(field) ? [{ message: minted, field }] : []),
      ],
      citations: [statusCode === 421 ? "RFC 3261 §21.4.16" : isRelayed(asked) ? "RFC 3329 §2.3.2" : "RFC 3329 §2.3.1"],
      values: {
        client: ((statusCode === 421 && firstHopWith(last, answer, context, lacks)) || lastHop).client.text,
        origin: origin.endpoint.text,
        statusCode,
        tags: listed(tags),
        offered: isOffered ? "yes" : isRelayed(asked) && statusCode === 494 ? "relayed" : "no",
      },
    };
  },
};

/**
 * The first request of a security agreement always gets a 494: what follows goes over the mechanism that both have, and only after digest could it
 * be read. RFC 3329 §2.3.1, §2.4
 */
function goesOnOutOfView({ statusCode, asked, minted }: Answer): boolean {
  if (statusCode !== 494 || asked.has(securityVerify)) return false;
  const theirs = mechanismsOf(asked, securityClient);
  return mechanismsOf(minted, securityServer).some((name) => name !== "digest" && theirs.includes(name));
}

/** The agreement is one between a user agent and the first server: with more than one Via value, none may be asked for. RFC 3329 §2.3.2 */
function isRelayed(asked: SipRequest): boolean {
  return asked.all(via).length > 1;
}

function mechanismsOf(message: SipRequest | SipResponse, field: HeaderField<Parameterized>): string[] {
  return message.all(field).map(({ value }) => value.toLowerCase());
}

/** True where every tag is in `Supported` or demanded, which offers it too. None are offered by whom does not know them. */
function offersAll(request: SipRequest, tags: readonly string[]): boolean {
  const offered = [...request.all(supported), ...request.all(require), ...request.all(proxyRequire)];
  const names = new Set(offered.map((tag) => tag.toLowerCase()));
  return tags.length > 0 && tags.every((tag) => names.has(tag.toLowerCase()));
}

function tagsOf(response: SipResponse): readonly string[] {
  if (response.statusCode === 421) return response.all(require);
  return response.all(securityServer).map(({ value }) => value);
}
