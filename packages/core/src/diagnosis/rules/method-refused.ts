import { allow } from "../../message/allow.ts";
import { event } from "../../message/event.ts";
import type { SipMessage, SipRequest, SipResponse } from "../../message/message.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { replaces } from "../../message/replaces.ts";
import { parseUri } from "../../message/uri.ts";
import { firstHop, isSuccess, type Transaction, wasAccepted } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Rule, Verdict } from "../rule.ts";
import { whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
import { isChangeToFax } from "./changeToFax.ts";
import { q850Evidence } from "./gatewayAnswer.ts";

const REFUSED: ReadonlySet<number> = new Set([405, 501]);
const AT_ONCE_MICROS = 2_000_000;

/** The other side does not take the method. RFC 3261 §8.2.1, §21.4.6, §21.5.2 */
export const methodRefused: Rule<"transaction", "method-refused"> = {
  id: "method-refused",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.1"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const answer = answerOf(root, REFUSED, context);
    // The NOTIFYs of a transfer, and changes to fax, have rules of their own.
    if (answer === undefined || (answer.statusCode === 501 && isChangeToFax(answer.request))) return undefined;
    if (answer.request.first(event)?.package.toLowerCase() === "refer") return undefined;
    if (wasDoneByInvite(root, context)) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const promise = earlierAllow(answer, context);
    const { cause, verdict, doubt = "none", shows = [] } = causeOf(answer, promise, context);
    const unsure = whoKnows(origin, asked.callId);
    const own = minted.has(allow) ? [{ message: minted, field: allow }] : [];
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [
        ...(promise === undefined ? [] : [{ message: promise, field: allow }]),
        asked,
        minted,
        ...own,
        ...shows,
      ],
      missing: verdict === "certain" ? [] : [unsure],
      citations: [
        statusCode === 501 ? "RFC 3261 §21.5.2" : "RFC 3261 §21.4.6",
        ...(promise === undefined ? [] : ["RFC 3261 §20.5"]),
        ...(doubt === "reason" ? ["RFC 3398 §7.2.4.1"] : []),
        ...(doubt === "replaces" ? ["RFC 3891 §3"] : []),
      ],
      values: {
        client: firstHop(root).client.text,
        origin: origin.endpoint.text,
        method: asked.method,
        request: kindOf(asked),
        statusCode,
        allowed: listed(minted.all(allow)),
        frame: promise === undefined ? 0 : context.frameName(promise.packet),
        q850: q850CauseOf(minted) ?? 0,
        doubt,
      },
    };
  },
};

/** The change that an UPDATE was to make the same side made at once by INVITE. */
function wasDoneByInvite({ method, client, first, finalResponse }: Transaction, { leg }: Context): boolean {
  if (method !== "UPDATE" || finalResponse === undefined) return false;
  return leg.roots.some((root) => {
    if (root.method !== "INVITE" || root.client.host !== client.host || root.first.fromTag !== first.fromTag)
      return false;
    const waitedMicros = root.first.packet.timeMicros - finalResponse.packet.timeMicros;
    return waitedMicros >= 0 && waitedMicros <= AT_ONCE_MICROS && wasAccepted(root);
  });
}

/**
 * A message by which the element that refuses listed the method before: same tag, or from its address. Its own it is where the request is for that
 * very address, and the copy nearest to the sender, which is the earliest, comes from there; a proxy passes on what others list. RFC 3261 §20.5
 */
function earlierAllow({ asked, origin }: Answer, { call, leg }: Context): SipMessage | undefined {
  const { address, host } = origin.endpoint;
  if (parseUri(asked.requestUri)?.host !== address) return undefined;
  const { messages } = call.legs.find(({ callId }) => callId === asked.callId) ?? leg;
  const earliest = messages.find(
    (message) =>
      message.packet.timeMicros < asked.packet.timeMicros &&
      isFrom(message, asked.toTag, host) &&
      message.all(allow).includes(asked.method),
  );
  return earliest?.packet.source.host === host ? earliest : undefined;
}

function isFrom(message: SipMessage, tag: string, host: string): boolean {
  return tag === "" ? message.packet.source.host === host : message.senderTag === tag;
}

/** What nobody can do without, or only with a setting of its own. */
function kindOf({ method, toTag }: SipRequest): "register" | "call" | "bye" | "prack" | "other" {
  if (method === "REGISTER") return "register";
  if (method === "INVITE" && toTag === "") return "call";
  if (method === "BYE") return "bye";
  return method === "PRACK" ? "prack" : "other";
}

interface Reasoned {
  readonly cause: "not-allowed" | "not-implemented" | "advertised-before";
  readonly verdict: Verdict;
  /** What speaks against it: a cause of the telephone network, that it was to take over another call, or that it takes the method otherwise. */
  readonly doubt?: "reason" | "replaces" | "taken";
  readonly shows?: readonly Evidence[];
}

function causeOf(answer: Answer, promise: SipMessage | undefined, context: Context): Reasoned {
  const { statusCode, minted, asked, lastHop } = answer;
  if (promise !== undefined) return { cause: "advertised-before", verdict: "certain" };
  const isListed = minted.all(allow).includes(asked.method);
  if (statusCode === 405)
    return isListed
      ? { cause: "not-allowed", verdict: "likely", doubt: "taken" }
      : { cause: "not-allowed", verdict: "certain" };
  const cause = "not-implemented";
  // A gateway writes 501 for cause 79 too, a service or option that is not there. RFC 3398 §7.2.4.1
  if (q850CauseOf(minted) !== undefined)
    return { cause, verdict: "likely", doubt: "reason", shows: [q850Evidence(minted)] };
  if (asked.toTag === "" && asked.has(replaces))
    return { cause, verdict: "likely", doubt: "replaces", shows: [{ message: asked, field: replaces }] };
  const taken = isListed ? undefined : takenBefore(lastHop, context);
  if (isListed || taken !== undefined)
    return { cause, verdict: "likely", doubt: "taken", shows: taken === undefined ? [] : [taken] };
  return { cause, verdict: asked.method === "INVITE" ? "likely" : "certain" };
}

/** The response that shows that it knows the method: it had begun to work on this request, or took another one. */
function takenBefore({ method, server, responses }: Transaction, { call }: Context): SipResponse | undefined {
  const begun = responses.find(({ statusCode }) => statusCode > 100 && statusCode < 200);
  if (begun !== undefined) return begun;
  return call.legs
    .flatMap(({ transactions }) => transactions)
    .filter((other) => other.method === method && other.server.text === server.text)
    .flatMap((other) => other.responses)
    .find(isSuccess);
}
