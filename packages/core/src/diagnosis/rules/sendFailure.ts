import { retryAfter } from "../../message/retryAfter.ts";
import type { Endpoint, TlsFailure } from "../../network/packet.ts";
import type { Answer } from "../answer.ts";
import { failedSides } from "../failedSides.ts";
import type { Context } from "../rule.ts";
import { type DeliveryFailure, deliveryFailure } from "./deliveryFailure.ts";
import { lostConnection, registeredOver } from "./lostConnection.ts";
import { sentOn } from "./sentOn.ts";

export interface SendFailure {
  /** Where to. */
  readonly next: Endpoint;
  readonly event: FailureEvent;
  /** True where what had ended is the connection over which alone a phone could be reached. */
  readonly isLost?: boolean;
  /** Whence the phone had opened the connection over which it registered, where it was another one that could not be opened. */
  readonly heldBy?: Endpoint;
  /** That another connection was refused, which was tried where the one had ended. */
  readonly refused?: FailureEvent;
  /** True where nothing but the time shows that it was for this request. */
  readonly isMeanwhile?: boolean;
}

type FailureEvent = DeliveryFailure | TlsFailure;

/** What OpenSIPS and Kamailio answer where they could not send: content/unregistered. */
const NOT_SENT = 477;
/** What others answer, and for other reasons as well. RFC 3261 §16.9 */
const MAY_NOT_BE_SENT: ReadonlySet<number> = new Set([500, 503]);
/** Who has no other way left says so at once. */
const AT_ONCE_MICROS = 1_000_000;
/** What says that the element, and not the callee, could not do it. Kamailio answers 500 where the connection to a phone is gone. */
export const SAY_SO: ReadonlySet<number> = new Set([477, 478, 500, 503]);

/** What the element that answered had sent on could not be delivered, and nothing else had come back to it. RFC 3261 §16.9, §18.4 */
export function sendFailure(answer: Answer, context: Context): SendFailure | undefined {
  const answered = answer.minted.packet.timeMicros;
  const tried = sentOn(answer, context);
  if (tried.some(({ responses }) => responses.some(({ packet }) => packet.timeMicros <= answered))) return undefined;
  for (const hop of tried.toReversed()) {
    const event = deliveryFailure(hop, context);
    if (event === undefined || event.timeMicros > answered) continue;
    const isReset = event.kind === "connection-reset" && !event.refused;
    return { next: hop.server, event, isLost: isReset && registeredOver(answer, context)?.client === hop.server };
  }
  const refused = answer.statusCode === NOT_SENT ? refusedConnection(answer, context) : undefined;
  // Seldom something listens where a phone had opened its connection from.
  const closed = refused && closedConnection(answer, context);
  if (closed !== undefined && closed.next.host === refused?.next.host) return { ...closed, refused: refused.event };
  if (refused !== undefined || tried.length > 0 || !SAY_SO.has(answer.statusCode)) return refused;
  return failedTls(answer, context) ?? closedConnection(answer, context) ?? refusedMeanwhile(answer, context);
}

/** Nothing of the request was ever on the wire behind it: there was nothing left to send it over. */
function closedConnection(answer: Answer, context: Context): SendFailure | undefined {
  const event = lostConnection(answer, context);
  if (event === undefined) return undefined;
  const { source, destination } = event;
  const own = answer.origin.endpoint;
  // Both may be on one host.
  const isOwn = source === own || (destination !== own && source.host === own.host);
  return { next: isOwn ? destination : source, event, isLost: true };
}

/** Nothing of the request was ever on the wire behind it, only its first packet, a SYN. */
function refusedConnection(answer: Answer, context: Context): SendFailure | undefined {
  const { origin, asked, minted } = answer;
  const [since, until] = [asked.packet.timeMicros, minted.packet.timeMicros];
  const event = context.refusedTo(origin.endpoint, since, until).at(-1);
  if (event === undefined) return undefined;
  const next = failedSides(event).server;
  return { next, event, heldBy: heldConnection(answer, next, context) };
}

/** Another code than the one for it: it may have been refused for another request, and one that says when to come back has another reason. */
function refusedMeanwhile(answer: Answer, context: Context): SendFailure | undefined {
  const { statusCode, minted } = answer;
  if (!MAY_NOT_BE_SENT.has(statusCode) || minted.has(retryAfter)) return undefined;
  const refused = refusedConnection(answer, context);
  const isAtOnce = refused !== undefined && minted.packet.timeMicros - refused.event.timeMicros <= AT_ONCE_MICROS;
  return isAtOnce ? { ...refused, isMeanwhile: true } : undefined;
}

/** Whence the phone at this address had opened the connection that it registered over and that is open, as far as is in view: another one. */
function heldConnection(answer: Answer, next: Endpoint, context: Context): Endpoint | undefined {
  const phone = registeredOver(answer, context)?.client;
  return phone?.host === next.host && phone !== next ? phone : undefined;
}

function failedTls(answer: Answer, context: Context): SendFailure | undefined {
  const event = tlsFailureOf(answer, context);
  return event && { next: event.server, event };
}

/** While it had the request, a TLS connection of the element was not set up: the latest of these. */
export function tlsFailureOf({ origin, asked, minted }: Answer, context: Context): TlsFailure | undefined {
  return context.tlsFailuresOf(origin.endpoint, asked.packet.timeMicros, minted.packet.timeMicros).at(-1);
}
