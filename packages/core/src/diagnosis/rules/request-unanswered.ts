import { dialogOf } from "../../dialog/dialog.ts";
import { otherLegs } from "../../call/origin.ts";
import type { ConnectionMisframed, ConnectionStalled, ConnectionUnacknowledged } from "../../network/packet.ts";
import { via } from "../../message/via.ts";
import { isRepeatedUntil } from "../../transaction/repetition.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Missing, Rule } from "../rule.ts";
import { microsBetween, secondsBetween } from "../elapsed.ts";
import { beside, connectionLog, longer } from "../missing.ts";
import { contactBehindNat } from "./contactBehindNat.ts";
import { deadConnection, misframedBefore, stalledConnection } from "./deadConnection.ts";
import { closedByServer, type DeliveryFailure, deliveryFailure, tooBigReported } from "./deliveryFailure.ts";
import { MADE_OF_WAITING, TIMED_OUT } from "./endedBehind.ts";
import { legAbove } from "./legAbove.ts";
import { type Meanwhile, meanwhileOf } from "./meanwhile.ts";
import { type Misdelivery, misdeliveryOf } from "./misdelivery.ts";
import { lostBehindNat } from "./nat-binding-expired.ts";
import { oversizedRequest } from "./oversizedRequest.ts";
import { unansweredFlaw } from "./request-malformed.ts";
import { isFailedRefresh } from "./sessionTimer.ts";
import { redirectTo } from "./redirectTo.ts";
import { isSilent, watchOf } from "./silence.ts";

/** A request to which no response at all comes. RFC 3261 §17.1.1.2, §17.1.2.2, §8.1.3.1, §18.4 */
export const requestUnanswered: Rule<"transaction", "request-unanswered"> = {
  id: "request-unanswered",
  inspects: "transaction",
  citations: ["RFC 3261 §17.1.1.2", "RFC 3261 §17.1.2.2"],
  restsOnSides: ["response-misdelivered"],
  check(root, context) {
    if (root.request === undefined || root.method === "ACK") return undefined;
    const abandoned = abandonedHop(root, context);
    const hop = abandoned?.hop ?? silentHop(root, context);
    if (hop === undefined) return root.responses.length > 0 ? answeredInVain(root, context) : undefined;
    const shown = abandoned !== undefined || watchOf(hop, whileAsked(root, context)).shown;
    const { watchedMicros, expired } = watchOf(hop, context);
    const failure = deliveryFailure(hop, context) ?? closedByServer(hop, context, timerB);
    const dead = failure === undefined ? deadConnection(hop, context) : undefined;
    const ended = failure ?? dead?.event ?? stalledConnection(hop, context);
    if ((ended === undefined && !shown) || oversizedRequest(root, context) !== undefined) return undefined;
    if (unansweredFlaw(root, context) !== undefined) return undefined;
    if (isLostBehindNat(root, hop, context)) return undefined;
    if (abandoned === undefined && wasGivenUp(root, failure !== undefined, context)) return undefined;
    if (failure === undefined && isStillSilent(root, hop, context)) return undefined;
    if (failure === undefined && isFailedRefresh(root, context.leg.dialogs)) return undefined;
    const misframed = misframedBefore(hop, context);
    const event = misframed ?? ended ?? tooBigReported(hop, context);
    const cause = causeOf(event);
    const isShown = dead === undefined ? event !== undefined || abandoned !== undefined : expired || dead.isShown;
    const isProven = dead?.isToTheEnd === true && !dead.isFullPacket && expired;
    const waited = (expired && !isSentOnce(hop)) || isShown;
    const isCertain = misframed === undefined && (isProven || showsIt(failure, hop, context));
    const verdict = isCertain ? "certain" : waited ? "likely" : "indeterminate";
    const hidden = cause === "next-hop-silent" ? contactBehindNat(hop, root, context) : undefined;
    const meanwhile = meanwhileOf(cause === "next-hop-silent" && hidden === undefined ? hop : undefined, context);
    return {
      verdict,
      cause,
      element: hidden === undefined ? hop.server : hop.client,
      evidence: [
        ...(hidden === undefined ? [] : [hidden.shows]),
        ...hop.requests,
        ...[event, meanwhile.shows].filter((seen) => seen !== undefined),
      ],
      missing: verdict === "certain" ? [] : missingOf(hop, cause, expired || isShown, watchedMicros),
      citations: CITATIONS[cause],
      values: {
        ...valuesOf(hop),
        known: hidden === undefined ? knownOf(hop, meanwhile) : "hidden",
        registered: hidden?.registeredFrom.text ?? "",
        ...meanwhile.values,
        reporter: event?.kind === "icmp-unreachable" ? event.reporter : "",
        reason: reasonOf(event),
        repeats: dead?.event.times ?? 0,
        answer: event?.kind === "foreign-answer" ? event.answer : "",
        announced: event?.kind === "connection-misframed" ? event.announced : 0,
        fullSeconds: event?.kind === "connection-stalled" ? Math.round(event.afterMicros / 1e6) : 0,
        full: dead?.isFullPacket === true ? "yes" : "no",
        segmentBytes: dead?.event.bytes ?? 0,
        repeatedSeconds: dead === undefined ? 0 : Math.round(dead.event.afterMicros / 1e6),
        redirector: (hop.request && redirectTo(hop.request, context.call))?.server.text ?? "none",
        inside: abandoned !== undefined ? "onward" : hop.request?.toTag === "" ? "no" : "yes",
        wentOnFrom: abandoned?.next.client.text ?? "",
        wentOnTo: abandoned?.next.server.text ?? "",
      },
    };
  },
};

/** On its way to the phone, or on that of what the B2BUA sent for it at which it arrived. */
function isLostBehindNat(root: Transaction, hop: Transaction, context: Context): boolean {
  return [root, ...otherLegs(hop, context.call)].some((each) => lostBehindNat(each, context) !== undefined);
}

/** An element gave up on it, and then sent the request to somebody else, who answered. */
interface Abandoned {
  readonly hop: Transaction;
  readonly next: Transaction;
}

function abandonedHop(root: Transaction, context: Context): Abandoned | undefined {
  return hops(root)
    .map((hop) => ({ hop, next: triedAfter(hop, root, context) }))
    .findLast((each): each is Abandoned => each.next !== undefined);
}

/** Where the element sent the request next: as long as it had repeated it, nothing had come. A time-out names all that were silent. RFC 3261 §16.7, §16.8 */
function triedAfter(hop: Transaction, root: Transaction, context: Context): Transaction | undefined {
  if (hop.downstream.length > 0 || hop.cancel !== undefined || !isSilent(hop, context)) return undefined;
  const branch = silentBranch(hop);
  const above = branch.upstream === undefined ? aboveOf(branch, context) : root;
  const final = above?.finalResponse;
  if (above === undefined || final === undefined || TIMED_OUT.has(final.statusCode)) return undefined;
  const others = branch.upstream?.downstream ?? otherLegs(above, context.call);
  const sentMicros = hop.requests[hop.requests.length - 1].packet.timeMicros;
  const next = others.find(
    ({ server, first, responses }) =>
      server !== hop.server && first.packet.timeMicros > sentMicros && responses.length > 0,
  );
  if (next === undefined) return undefined;
  const isShown = isRepeatedUntil(hop, next.first.packet.timeMicros) || deliveryFailure(hop, context) !== undefined;
  return isShown ? next : undefined;
}

/** Where the request was first sent on this way, on which proxies gave no answer but that they are trying. RFC 3261 §16.11 */
function silentBranch(hop: Transaction): Transaction {
  const { upstream } = hop;
  const isSilentSoFar = upstream?.responses.every(({ statusCode }) => statusCode === 100) === true;
  return isSilentSoFar && upstream.downstream.length === 1 ? silentBranch(upstream) : hop;
}

/** What came to the B2BUA that sent it. */
function aboveOf(hop: Transaction, { call }: Context): Transaction | undefined {
  const above = call.legs.length < 2 ? undefined : legAbove(hop, call);
  return above !== undefined && otherLegs(above, call).includes(hop) ? above : undefined;
}

/** The hop nearest to the callee on which nothing came back, as long as the request got no more than 100 Trying, or was cancelled. */
function silentHop(root: Transaction, context: Context): Transaction | undefined {
  const { responses, cancel } = root;
  if (responses.some(({ statusCode }) => statusCode !== 100 && (cancel === undefined || statusCode !== 487)))
    return undefined;
  if (responses.length === 0 && !isSilent(root, context)) return undefined;
  return hops(root).findLast(
    (hop) => hop.request !== undefined && hop.downstream.length === 0 && isSilent(hop, context),
  );
}

/** The B2BUA that sent it has told its caller so: `request-timed-out` explains that, also what a report says of it, where the answer speaks of time. */
function wasGivenUp(root: Transaction, isReported: boolean, context: Context): boolean {
  const statusCode = aboveOf(root, context)?.finalResponse?.statusCode ?? 0;
  return (isReported ? TIMED_OUT : MADE_OF_WAITING).has(statusCode);
}

/** The BYE of who had asked for something inside the call before, and got nothing: the silence is told of that request. */
function isStillSilent(root: Transaction, { server }: Transaction, context: Context): boolean {
  const dialog = root.method === "BYE" ? dialogOf(root, context.leg.dialogs) : undefined;
  const own = dialog?.requests.filter(({ first, index }) => first.fromTag === root.first.fromTag && index < root.index);
  const before = own?.at(-1);
  if (before === undefined || before.method === "BYE") return false;
  const silent = silentHop(before, context);
  if (silent?.server !== server || !watchOf(silent, context).shown) return false;
  return !context.leg.messages.some(
    ({ packet }) => packet.source === server && packet.timeMicros >= before.first.packet.timeMicros,
  );
}

/** A request that was cancelled is waited for no longer. RFC 3261 §9.1 */
function whileAsked({ finalResponse }: Transaction, context: Context): Context {
  const endMicros = finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  return endMicros < context.observedUntilMicros ? { ...context, observedUntilMicros: endMicros } : context;
}

type Cause =
  | "next-hop-silent"
  | "icmp-unreachable"
  | "connection-refused"
  | "connection-reset"
  | "connection-closed"
  | "connection-dead"
  | "connection-misframed"
  | "not-read"
  | "not-sip";

const CITATIONS: Readonly<Record<Cause, readonly string[]>> = {
  "next-hop-silent": [],
  "icmp-unreachable": ["RFC 3261 §18.4"],
  "connection-refused": ["RFC 3261 §18.4"],
  "connection-reset": ["RFC 3261 §18.4"],
  "connection-closed": [],
  "connection-dead": ["RFC 9293 §3.8.3"],
  "connection-misframed": ["RFC 3261 §18.3"],
  "not-read": ["RFC 9293 §3.8.6.1"],
  "not-sip": [],
};

type FailureEvent = DeliveryFailure | ConnectionUnacknowledged | ConnectionStalled | ConnectionMisframed;

function causeOf(event: FailureEvent | undefined): Cause {
  if (event === undefined) return "next-hop-silent";
  if (event.kind === "connection-unacknowledged") return "connection-dead";
  if (event.kind === "icmp-unreachable") return "icmp-unreachable";
  if (event.kind === "foreign-answer") return "not-sip";
  if (event.kind === "connection-stalled") return "not-read";
  if (event.kind === "connection-misframed") return "connection-misframed";
  if (event.kind === "connection-closed") return "connection-closed";
  return event.refused ? "connection-refused" : "connection-reset";
}

function reasonOf(event: FailureEvent | undefined): string {
  if (event?.kind === "icmp-unreachable") return event.reason;
  if (event?.kind !== "connection-closed" || !event.saidNothing || event.by === "sctp-shutdown") return "none";
  return event.by === "tls-alert" ? "tls" : "unused";
}

/** Where others of the client come through, one packet that got lost is enough for one sending. */
function knownOf(hop: Transaction, { kind }: Meanwhile): "once" | Meanwhile["kind"] {
  return kind === "same" && isSentOnce(hop) ? "once" : kind;
}

/** Over UDP who gets nothing asks again: an answer may have passed outside of the capture. RFC 3261 §17.1.1.2 */
function isSentOnce({ requests, first }: Transaction): boolean {
  return requests.length === 1 && first.packet.transport === "udp";
}

const ENDED: ReadonlySet<Cause> = new Set<Cause>(["connection-reset", "connection-closed"]);

/** A connection may be ended for other reasons than this request, but hardly by somebody who has only just heard it and never said a word. */
function showsIt(failure: DeliveryFailure | undefined, hop: Transaction, context: Context): boolean {
  if (failure?.kind === "connection-closed" && failure.by === "tls-alert") return true;
  if (failure?.kind === "icmp-unreachable") return isReportedToTheEnd(hop, context);
  // Who says something else first may still speak SIP, but no web server does.
  if (failure?.kind === "foreign-answer") return failure.answer.startsWith("HTTP/");
  return failure !== undefined && !ENDED.has(causeOf(failure));
}

/**
 * A server that comes up meanwhile takes what is sent later, and its answer may be what the capture missed. Over TCP the same bytes may
 * be sent again, whatever ICMP says of them. RFC 1122 §4.2.3.9
 */
function isReportedToTheEnd({ client, server, first, requests }: Transaction, { eventsAbout }: Context): boolean {
  const last = requests[requests.length - 1];
  if (first.packet.transport !== "udp") return false;
  return eventsAbout(client, server, first.packet.timeMicros).some(
    ({ kind, timeMicros }) => kind === "icmp-unreachable" && timeMicros >= last.packet.timeMicros,
  );
}

function missingOf(hop: Transaction, cause: Cause, waited: boolean, watchedMicros: number): Missing[] {
  const { client, server } = hop;
  if (ENDED.has(cause)) return [connectionLog(server)];
  if (!waited) return [longer(Math.ceil((timerB - watchedMicros) / 1e6))];
  return isSentOnce(hop) && cause === "next-hop-silent" ? [beside(client), beside(server)] : [beside(server)];
}

function answeredInVain(root: Transaction, { leg }: Context): Draft<"request-unanswered"> | undefined {
  const misdelivery = misdeliveryOf(root, leg);
  return misdelivery === undefined ? answersLost(root) : misdelivered(root, misdelivery);
}

/** The server did answer, but to somewhere else, for a reason that `response-misdelivered` does not name. RFC 3261 §18.2.2 */
function misdelivered(
  root: Transaction,
  { cause, response, again }: Misdelivery,
): Draft<"request-unanswered"> | undefined {
  if (cause !== undefined || root.request === undefined) return undefined;
  return {
    verdict: "likely",
    cause: "response-misdelivered",
    response,
    element: root.server,
    evidence: [{ message: root.request, field: via }, response, ...again],
    missing: [beside(root.client)],
    citations: ["RFC 3261 §18.2.2", "RFC 3581 §4"],
    values: { ...valuesOf(root), delivered: response.packet.destination.text },
  };
}

/** An answer that arrives late lets one repetition pass it, and no more than for the time of one round trip. */
const REPEATED_MICROS = 300_000;
const LATEST_REPETITION_MICROS = 1_500_000;

/** The server did answer, and the client goes on repeating: what ends that does not reach it. RFC 3261 §17.1.1.2, §17.1.2.2 */
function answersLost(root: Transaction): Draft<"request-unanswered"> | undefined {
  // Most often it was sent once, and over UDP from the start.
  if (root.requests.length <= 2 && root.first.packet.transport === "udp") return undefined;
  const hop = hops(root).find(({ first }) => first.packet.transport === "udp");
  const ending = hop?.responses.filter(({ statusCode }) => hop.method === "INVITE" || statusCode >= 200) ?? [];
  // An ACK shows that answers do reach the client, which repeated the INVITE for a reason of its own.
  if (hop === undefined || ending.length < 2 || hop.acks.length > 0) return undefined;
  const repeated = hop.requests.filter((request) => microsBetween(ending[0], request) >= REPEATED_MICROS);
  const latest = repeated.at(-1);
  if (repeated.length < 2 || latest === undefined || microsBetween(ending[0], latest) < LATEST_REPETITION_MICROS)
    return undefined;
  return {
    verdict: "likely",
    cause: "answer-lost",
    element: hop.client,
    evidence: [hop.first, ending[0], ...repeated],
    missing: [beside(hop.client)],
    values: valuesOf(hop),
  };
}

function valuesOf({ client, server, method, requests, first }: Transaction) {
  return {
    transport: first.packet.transport === "sctp" ? "SCTP" : "TCP",
    client: client.text,
    server: server.text,
    method,
    attempts: requests.length,
    seconds: secondsBetween(requests[0], requests[requests.length - 1]),
  };
}
