import { isReliable } from "../../capture/transport.ts";
import { requiredHeaderFields } from "../../reference/requiredHeaderFields.ts";
import { contact } from "../../message/contact.ts";
import { expires } from "../../message/expires.ts";
import { fieldIdOfName, fieldOfId } from "../../message/fieldId.ts";
import { headerField, type HeaderField } from "../../message/headerField.ts";
import type { SipResponse } from "../../message/message.ts";
import { proxyRequire } from "../../message/proxyRequire.ts";
import { require } from "../../message/require.ts";
import { hasSameBytes } from "../../transaction/duplicate.ts";
import { T1, timerB } from "../../transaction/timers.ts";
import { hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { isBefore } from "../elapsed.ts";
import { answerAsGiven } from "../answer.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { type MessageFlaw, vitalFlawOfResponse } from "./flaw.ts";
import { BAD_GATEWAY, unusableResponse } from "./gatewayAnswer.ts";

/** Sent this often, a 2xx to INVITE has not been acknowledged. RFC 3261 §13.3.1.4 */
const SENDINGS_THAT_SHOW_IT = 3;

/** A response that breaks the grammar, or lacks a header field that its code must carry. RFC 3261 §20, §21 */
export const responseMalformed: Rule<"transaction", "response-malformed"> = {
  id: "response-malformed",
  inspects: "transaction",
  citations: ["RFC 3261 §20", "RFC 3261 §21"],
  check(root, context) {
    const found = firstFlaw(root, context);
    if (found === undefined || isGatewaysReason(root, found.response, context)) return undefined;
    const { response, cause, field, shows, citation } = found;
    return {
      verdict: "certain",
      cause,
      statusCode: response.statusCode < 0 ? undefined : response.statusCode,
      evidence: [shows],
      citations: citation === undefined ? [] : [citation],
      values: {
        status: `${response.statusCode} ${response.reasonPhrase}`,
        sender: response.packet.source.text,
        field,
        line: response.startLine,
        digits: response.statusCode < 0 ? "other" : "three",
      },
    };
  },
};

interface Flaw {
  readonly response: SipResponse;
  readonly cause: "status-line" | "field-missing" | "syntax" | "content-length";
  readonly field: string;
  readonly shows: Evidence;
  readonly citation?: string;
}

/** A response that made an element in between answer 502 is told with that. RFC 3261 §21.5.3 */
function isGatewaysReason(root: Transaction, response: SipResponse, context: Context): boolean {
  const answer = root.finalResponse?.statusCode === 502 ? answerAsGiven(root, context, BAD_GATEWAY) : undefined;
  return answer !== undefined && unusableResponse(answer, context)?.response === response;
}

/** The first flaw on the hop nearest to the source of the response: proxies pass it on. */
function firstFlaw(root: Transaction, context: Context): Flaw | undefined {
  for (const hop of hops(root).reverse()) {
    const checked: SipResponse[] = [];
    for (const response of hop.responses) {
      const flaw = flawOf(hop, response, checked, root, context);
      if (flaw !== undefined) return flaw;
    }
  }
  return undefined;
}

/** @param checked those of this hop all of which was checked already */
function flawOf(
  hop: Transaction,
  response: SipResponse,
  checked: SipResponse[],
  root: Transaction,
  context: Context,
): Flaw | undefined {
  const { statusCode } = response;
  if ((statusCode < 100 || statusCode > 699) && !response.startLineCut) {
    return { response, cause: "status-line", field: "", shows: response, citation: "RFC 3261 §7.2" };
  }
  const isWhole = statusCode >= 200 && !response.packet.cut;
  const missing = isWhole && !isToldWithTheRefusal(hop, response) ? missingField(hop, response) : undefined;
  // Without Contact the ACK has nowhere to go: `ack-missing` tells that.
  if (missing === contact.name && wasIgnored(hop, response, context)) return undefined;
  if (missing !== undefined) return { response, cause: "field-missing", field: missing, shows: response };
  // Checking all of a message is as much work as reading it: only where the other side did not take it.
  if (!wasIgnored(hop, response, context) && !wasOverruled(hop, response, root)) return undefined;
  const last = checked.at(-1);
  if (last !== undefined && hasSameBytes(last.packet, response.packet)) return undefined;
  checked.push(response);
  const flaw = vitalFlawOfResponse(response, hop.request);
  return flaw && { response, ...reported(flaw), shows: { message: response, line: flaw.quote } };
}

/** Refusals whose own rules say that the field is missing which would tell the client what to change. */
const TOLD_WITH_THE_REFUSAL: ReadonlySet<number> = new Set([405, 415, 421, 422, 423, 424, 425, 469, 494]);

/** What a request demands is told as refused, whatever the refusal names of it. */
function isToldWithTheRefusal({ request }: Transaction, { statusCode }: SipResponse): boolean {
  if (statusCode === 420) return request === undefined || request.has(require) || request.has(proxyRequire);
  return TOLD_WITH_THE_REFUSAL.has(statusCode);
}

function reported({ cause, field, anomaly: { citation } }: MessageFlaw): Pick<Flaw, "cause" | "field" | "citation"> {
  if (cause === "field-missing" || cause === "content-length") return { cause, field, citation };
  return { cause: "syntax", field, citation };
}

/** A header field that every response with this code to this method must carry, and that this one lacks. */
function missingField({ method, request }: Transaction, response: SipResponse): string | undefined {
  const lacks = requiredFields(response.statusCode, method).find(
    (fields) => !fields.some((field) => response.has(field)),
  );
  const [first] = lacks ?? [];
  // Nothing is granted to who takes a subscription back: what is left of it, 0 seconds, is known.
  const mayEnd = request === undefined || request.first(expires) === 0;
  return first === expires && mayEnd ? undefined : first?.name;
}

/** By code, then by method: header fields of which one must be there. Few of each occur, and many responses. */
const required: Map<number, Map<string, Alternatives[]>> = new Map();
const MAX_METHODS = 100;

type Alternatives = readonly [HeaderField<unknown>, ...HeaderField<unknown>[]];

function requiredFields(statusCode: number, method: string): readonly Alternatives[] {
  let byMethod = required.get(statusCode);
  if (byMethod === undefined) required.set(statusCode, (byMethod = new Map()));
  let fields = byMethod.get(method);
  if (fields === undefined) {
    fields = findRequiredFields(statusCode, method);
    if (byMethod.size < MAX_METHODS) byMethod.set(method, fields);
  }
  return fields;
}

function findRequiredFields(statusCode: number, method: string): Alternatives[] {
  return requiredHeaderFields(statusCode, method)
    .filter(({ condition, value }) => condition === undefined && value === undefined)
    .map(({ names: [first, ...others] }): Alternatives => [fieldOf(first), ...others.map(fieldOf)])
    .filter(([{ name }]) => statusCode >= 300 || name !== contact.name || setsUpDialog(method));
}

function fieldOf(name: string): HeaderField<unknown> {
  return fieldOfId(fieldIdOfName(name)) ?? headerField({ name, parse: (text) => text });
}

/** Inside a dialog the peer knows the Contact already: a 2xx to UPDATE or REFER that lacks it harms nobody. */
function setsUpDialog(method: string): boolean {
  return method === "INVITE" || method === "SUBSCRIBE";
}

/** Goes on for so long after an answer, whose way back takes less. */
const LONGEST_WAY_BACK_MICROS = 4 * T1;

/** The request was repeated long after the response, or the response itself was repeated for want of an ACK. */
function wasIgnored(hop: Transaction, response: SipResponse, context: Context): boolean {
  if (hop.acks.length > 0) return false;
  const isRepeated = isRepeatedAfter(hop, response, context) || isSentAgainAndAgain(response, hop);
  return isRepeated && !wasTaken(hop, response, context);
}

/** A 2xx goes to the caller at once, also after a refusal: a proxy that TCP brought one, and that answered something else later, has not read it. RFC 3261 §16.7 */
function wasOverruled(hop: Transaction, response: SipResponse, { responses, finalResponse }: Transaction): boolean {
  if (hop.method !== "INVITE" || hop.acks.length > 0 || !isReliable(response.packet.transport)) return false;
  if (finalResponse === undefined || responses.some(isSuccess)) return false;
  return isSuccess(response) && isBefore(response, finalResponse);
}

/** It acknowledges the response, or sends another request before its own timer could end the wait. RFC 3261 §17.1.1.2, §17.1.2.2 */
function wasTaken({ client, cseqNumber, first }: Transaction, response: SipResponse, { leg }: Context): boolean {
  const sinceMicros = response.packet.timeMicros;
  const untilMicros = first.packet.timeMicros + timerB;
  return leg.transactions.some(({ client: sender, method, request, first: { toTag, packet }, cseqNumber: number }) => {
    if (request === undefined || sender.host !== client.host || packet.timeMicros < sinceMicros) return false;
    if (method === "ACK") return number === cseqNumber && toTag === response.toTag;
    return number > cseqNumber && packet.timeMicros < untilMicros;
  });
}

/** A client that repeats the request once more may only not have had the answer yet, and one that stops has it. */
function isRepeatedAfter({ requests }: Transaction, response: SipResponse, { observedUntilMicros }: Context): boolean {
  const firstMicros = requests[0]?.packet.timeMicros ?? 0;
  const lastMicros = requests[requests.length - 1]?.packet.timeMicros ?? 0;
  const stops = observedUntilMicros - firstMicros >= timerB && lastMicros - firstMicros < timerB / 2;
  return lastMicros - response.packet.timeMicros >= LONGEST_WAY_BACK_MICROS && !stops;
}

function isSentAgainAndAgain({ statusCode, toTag }: SipResponse, { method, responses }: Transaction): boolean {
  if (method !== "INVITE" || responses.length < SENDINGS_THAT_SHOW_IT || statusCode < 200) return false;
  let count = 0;
  for (const other of responses) if (other.statusCode === statusCode && other.toTag === toTag) count++;
  return count >= SENDINGS_THAT_SHOW_IT;
}
