import type { Origin } from "../call/origin.ts";
import { toUri } from "../message/partyUri.ts";
import { uriWithoutParameters } from "../message/uri.ts";
import type { Reason } from "../message/reason.ts";
import { to } from "../message/to.ts";
import type { SipMessage, SipRequest } from "../message/message.ts";
import type { Endpoint } from "../network/packet.ts";
import { hops, type Transaction } from "../transaction/transaction.ts";
import type { Missing } from "./rule.ts";

/** Whom a request is for, without URI parameters; where it is not in the capture, the To of a response says it. */
export function calleeOf({ request, first }: Transaction): string {
  return request === undefined ? toUri(first) : calleeIn(request);
}

/** Who answered: where the request went to several, on several phones or by a redirect, the one of these. */
export function answeringCallee(root: Transaction, lastHop: Transaction): string {
  return calleeOf(hops(root).some(({ downstream }) => downstream.length > 1) ? lastHop : root);
}

/** A REGISTER names the domain of its registrar; who is to be registered is in To. RFC 3261 §10.2 */
export function calleeIn(request: SipRequest): string {
  const registered = request.method === "REGISTER" ? request.first(to)?.uri : undefined;
  return uriWithoutParameters(registered ?? request.requestUri);
}

/** Microseconds between two messages; NaN, which is neither more nor less than anything, where one of them has no time. */
export function microsBetween({ packet: earlier }: SipMessage, { packet: later }: SipMessage): number {
  return earlier.untimed === true || later.untimed === true ? Number.NaN : later.timeMicros - earlier.timeMicros;
}

/** True where a message comes no later than another; the order is known of those without a time too. */
export function isBefore({ packet: earlier }: SipMessage, { packet: later }: SipMessage): boolean {
  return earlier.timeMicros <= later.timeMicros;
}

/** Seconds between two messages, to a tenth, or NaN. */
export function secondsBetween(earlier: SipMessage, later: SipMessage): number {
  return Math.round(microsBetween(earlier, later) / 100_000) / 10;
}

/** Milliseconds between two messages, or NaN. */
export function millisBetween(earlier: SipMessage, later: SipMessage): number {
  return Math.round(microsBetween(earlier, later) / 1000);
}

/** Seconds from a message to a time, microseconds since the epoch, to a tenth, or NaN. */
export function secondsUntil({ packet }: SipMessage, untilMicros: number): number {
  return packet.untimed === true ? Number.NaN : secondsOf(packet.timeMicros, untilMicros);
}

/** Seconds from a time to another, both in microseconds, to a tenth. */
export function secondsOf(fromMicros: number, toMicros: number): number {
  return Math.round((toMicros - fromMicros) / 100_000) / 10;
}

/** Capture at this element towards what is behind it. */
export function behind({ address, text }: Endpoint): Missing {
  return { kind: "behind", values: { address: text, filter: `host ${address}` } };
}

/** Capture at this element: its other side is not in view. */
export function beside({ address, text }: Endpoint): Missing {
  return { kind: "beside", values: { address: text, filter: `host ${address}` } };
}

/** The capture ends too early: run it this much longer past the message. */
export function longer(seconds: number): Missing {
  return { kind: "longer", values: { seconds } };
}

/** Only the element's own log or configuration knows. */
export function logOf({ text }: Endpoint, callId: string): Missing {
  return { kind: "log", values: { address: text, callId } };
}

/** Who can tell why it was answered so: what is behind the element, where that may have given the answer, or else its own log. */
export function whoKnows({ endpoint, orBehind }: Origin, callId: string): Missing {
  return orBehind ? behind(endpoint) : logOf(endpoint, callId);
}

/** Values joined by commas; `none` where there is none, which the prose tells apart. */
export function listed(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}

/** A Reason value as it reads: protocol, cause, and in brackets its text. */
export function reasonText({ protocol, cause, text }: Pick<Reason, "protocol" | "cause" | "text">): string {
  return [protocol, cause ?? "", text === undefined ? "" : `(${text})`].join(" ").trim();
}

/** Only the element's own log knows why it ended a connection. */
export function connectionLog({ text }: Endpoint): Missing {
  return { kind: "connection-log", values: { address: text } };
}
