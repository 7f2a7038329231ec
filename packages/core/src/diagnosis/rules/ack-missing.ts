import type { Dialog } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { recordRoute } from "../../message/recordRoute.ts";
import { route } from "../../message/route.ts";
import { parseUri, uriWithoutParameters } from "../../message/uri.ts";
import { via } from "../../message/via.ts";
import type { Endpoint, IcmpUnreachable } from "../../network/packet.ts";
import { firstHop, hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Context, Draft, Evidence, Missing, Rule, Verdict } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { secondsBetween } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";
import { lostWhileRinging } from "./connection-lost.ts";
import { finalResponseMissing } from "./final-response-missing.ts";
import { givenUpUnacknowledged } from "./givenUpUnacknowledged.ts";
import { otherTransport } from "./ackTransport.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { isFragmented, sizeOf } from "./datagramSize.ts";
import { winnerOver } from "./extraAnswer.ts";
import { ofOtherFamily, ofOtherPrivateRange, unreachableFrom } from "./reachability.ts";
import { strayAck } from "./strayAck.ts";

/** At about T1 and 3*T1: an answer that is merely late is repeated once. RFC 3261 §13.3.1.4 */
const RETRANSMISSIONS_THAT_SHOW_IT = 2;

/** Of an ACK that was not seen at the end of its way: one repetition may have crossed it. */
const REPETITIONS_THAT_CROSS = 1;

/** A 2xx to INVITE is repeated because no ACK reaches the side that sent it. RFC 3261 §13.2.2.4, §13.3.1.4 */
export const ackMissing: Rule<"dialog", "ack-missing"> = {
  id: "ack-missing",
  inspects: "dialog",
  citations: ["RFC 3261 §13.3.1.4", "RFC 3261 §13.2.2.4"],
  restsOnSides: ["ack-misrouted"],
  check(dialog, context) {
    if (winnerOver(dialog, context.leg.dialogs) !== undefined) return undefined;
    if (hasNotArrived(dialog, context)) return undefined;
    for (const answered of answeredInvites(dialog)) {
      const found = unacknowledged(answered, dialog, context);
      if (found !== undefined) return found;
    }
    return givenUpUnacknowledged(dialog, context);
  },
};

/** Who did not get the answer has nothing to acknowledge. RFC 3261 §16.7 */
function hasNotArrived({ invite }: Dialog, context: Context): boolean {
  if (invite.finalResponse !== undefined) return false;
  return lostWhileRinging(invite, context) !== undefined || finalResponseMissing.check(invite, context) !== undefined;
}

/** An INVITE of a dialog, the 2xx to it, and what acknowledges that. */
interface Answered {
  readonly invite: Transaction;
  readonly answer: SipResponse;
  readonly acks: readonly Transaction[];
}

/** The INVITE that set the dialog up, then those inside it. RFC 3261 §14.1 */
function answeredInvites({ invite, answer, acks, requests }: Dialog): Answered[] {
  const inside = requests
    .filter(({ method }) => method === "INVITE")
    .map((again) => ({
      invite: again,
      answer: hops(again)
        .map(successOf)
        .findLast((success) => success !== undefined),
    }));
  return [{ invite, answer }, ...inside].flatMap((each) =>
    each.answer === undefined
      ? []
      : [{ invite: each.invite, answer: each.answer, acks: acks.filter(acknowledges(each.answer)) }],
  );
}

function successOf({ responses }: Transaction): SipResponse | undefined {
  return responses.find(isSuccess);
}

/** RFC 3261 §13.2.2.4 */
function acknowledges({ cseqNumber, fromTag }: SipResponse): (ack: Transaction) => boolean {
  return (ack) => ack.cseqNumber === cseqNumber && ack.first.fromTag === fromTag;
}

function unacknowledged(answered: Answered, dialog: Dialog, context: Context): Draft<"ack-missing"> | undefined {
  const { invite, answer } = answered;
  const sendings = sendingsOf(answered);
  if (sendings.length <= RETRANSMISSIONS_THAT_SHOW_IT || misdeliveryOf(invite, context.leg) !== undefined)
    return undefined;
  if (wasHeeded(answered, sendings)) return undefined;
  const stray = answered.acks.length === 0 ? strayAck(answer, context) : undefined;
  const ack = firstAtTheEnd(answered) ?? stray;
  const last = sendings[sendings.length - 1];
  const rewriting = ack === undefined ? undefined : rewritingOf(ack, answered);
  const reasoned = stray === undefined ? causeOf(answered, dialog, ack) : mismatched(stray);
  const { cause, verdict, missing } = ack === undefined ? guarded(reasoned, answered, dialog, context) : reasoned;
  const evidence: Evidence[] = [...sendings, ...(ack === undefined ? [] : [ack.first])];
  const bad = cause === "contact-unroutable" ? badRoute(answered, dialog, ack) : undefined;
  if (bad !== undefined) evidence.push({ message: dialog.answer ?? answer, field: recordRoute });
  else if (answer.has(contact)) evidence.push({ message: answer, field: contact });
  if (rewriting !== undefined) evidence.push({ message: rewriting, field: contact });
  const refusal = cause === "ack-not-sent" ? refusedDelivery(answered, context) : undefined;
  if (refusal !== undefined) evidence.push(refusal.event);
  return {
    verdict,
    cause,
    response: answer,
    origin: context.originOf(invite, answer),
    evidence,
    missing,
    values: {
      callee: calleeOf(invite),
      origin: answer.packet.source.text,
      client: (refusal?.hop ?? invite).client.text,
      caller: isUnrecorded(answered)
        ? uriWithoutParameters(invite.request?.first(contact)?.uri ?? "") || "none"
        : "none",
      delivery: refusal !== undefined ? "refused" : isFragmented(answer) ? "fragments" : "whole",
      reporter: refusal?.event.reporter ?? "",
      reason: refusal?.event.reason ?? "",
      bytes: sizeOf(answer),
      contact: uriWithoutParameters((rewriting ?? answer).first(contact)?.uri ?? ""),
      recorder: (ack !== undefined && cause === "ack-lost" && recorderOf(ack, answered)?.text) || "none",
      route: bad === undefined ? "none" : uriWithoutParameters(bad),
      rewriter: rewriting?.packet.source.text ?? "none",
      asked: isRecorded(answered, dialog)
        ? "none"
        : otherTransport(answer.first(contact)?.uri ?? "", invite.first.packet.transport),
      retransmissions: sendings.length - 1,
      seconds: secondsBetween(sendings[0], last),
      ackFrame: ack === undefined ? 0 : context.frameName(ack.first.packet),
      lostAt: ack?.server.text ?? "",
      reached: ack?.server.host === answer.packet.source.host ? "yes" : "no",
      differs: differenceOf(ack, stray, answered),
      gruu: isGruu(answer) ? "yes" : "no",
    },
  };
}

/** On its way to the caller the 2xx drew an ICMP error. RFC 1122 §4.1.3.3 */
function refusedDelivery(
  { invite, answer }: Answered,
  { eventsAbout }: Context,
): { readonly hop: Transaction; readonly event: IcmpUnreachable } | undefined {
  for (const hop of hops(invite)) {
    const event = eventsAbout(hop.server, hop.client, answer.packet.timeMicros).find(
      (each): each is IcmpUnreachable => each.kind === "icmp-unreachable" && each.reason !== "fragmentation-needed",
    );
    if (event !== undefined) return { hop, event };
  }
  return undefined;
}

function differenceOf(
  ack: Transaction | undefined,
  stray: Transaction | undefined,
  answered: Answered,
): "tag" | "cseq" | "no-route" | "route" {
  if (stray !== undefined) return stray.first.toTag === answered.answer.toTag ? "cseq" : "tag";
  return ack !== undefined && lacksRoute(ack, answered) ? "no-route" : "route";
}

/** Such a Contact names no address: the proxy of its domain looks it up. RFC 5627 §3.1, §6.1 */
function isGruu(answer: SipResponse): boolean {
  return parseUri(answer.first(contact)?.uri ?? "")?.params.has("gr") === true;
}

/** The 2xx and its retransmissions on the hop nearest to its source. */
function sendingsOf({ invite, answer }: Answered): SipResponse[] {
  const hop = hops(invite).find(({ responses }) => responses.includes(answer));
  return (hop?.responses ?? []).filter((response) => isSuccess(response) && response.toTag === answer.toTag);
}

/** The first ACK that got to the side that answered, or else that was seen furthest on its way. Each repetition may draw a new one. */
function firstAtTheEnd({ acks, answer }: Answered): Transaction | undefined {
  const ends = acks.filter(({ downstream }) => downstream.length === 0);
  return ends.find(({ server }) => server.host === answer.packet.source.host) ?? ends[0];
}

/** The ACK got where it had to, and the repetitions stopped. */
function wasHeeded(answered: Answered, sendings: readonly SipResponse[]): boolean {
  const ack = firstAtTheEnd(answered);
  if (ack === undefined) return false;
  const ackMicros = ack.first.packet.timeMicros;
  const after = sendings.filter(({ packet }) => packet.timeMicros > ackMicros).length;
  if (ack.server.host !== answered.answer.packet.source.host) return after <= REPETITIONS_THAT_CROSS;
  return after <= RETRANSMISSIONS_THAT_SHOW_IT;
}

/** Guards G1 and G2: what the caller sent was in view, and for long enough, or the other side gave up waiting. */
function guarded(reasoned: Reasoned, { invite, answer }: Answered, { requests }: Dialog, context: Context): Reasoned {
  if (invite.request === undefined) {
    const { client, server } = invite;
    const values = { source: server.text, destination: client.text, filter: `host ${client.address}` };
    return { ...reasoned, verdict: "indeterminate", missing: [{ kind: "other-direction", values }] };
  }
  const watched = context.observedUntilMicros - answer.packet.timeMicros;
  const gaveUp = requests.some(
    ({ method, first }) =>
      method === "BYE" && first.fromTag === answer.toTag && first.packet.timeMicros >= answer.packet.timeMicros,
  );
  if (watched >= timerB || gaveUp) return reasoned;
  return { ...reasoned, verdict: "indeterminate", missing: [longer(Math.ceil((timerB - watched) / 1e6))] };
}

interface Reasoned {
  readonly cause: "contact-unroutable" | "contact-absent" | "ack-misrouted" | "ack-lost" | "ack-not-sent";
  readonly verdict: Verdict;
  readonly missing: readonly Missing[];
}

function mismatched({ server }: Transaction): Reasoned {
  return { cause: "ack-misrouted", verdict: "likely", missing: [beside(server)] };
}

function causeOf(answered: Answered, dialog: Dialog, ack: Transaction | undefined): Reasoned {
  const { invite, answer } = answered;
  const target = answer.first(contact)?.uri;
  const start = startOfRoute(answered, dialog);
  if (ack === undefined) {
    const missing = [beside(invite.client)];
    if (target === undefined && !answer.packet.cut) return { cause: "contact-absent", verdict: "certain", missing: [] };
    const unroutable = start !== undefined && isUnroutable(start, invite, answer);
    return { cause: unroutable ? "contact-unroutable" : "ack-not-sent", verdict: "likely", missing };
  }
  const missing = [beside(ack.server)];
  const named = contactAt(ack, answered) ?? target;
  if (named === undefined) return { cause: "ack-lost", verdict: "likely", missing };
  if (!isSameTarget(ack.request?.requestUri ?? "", named) || lacksRoute(ack, answered))
    return { cause: "ack-misrouted", verdict: "likely", missing };
  const unroutable =
    ofOtherPrivateRange(named, answer.packet.source.address) ||
    (start !== undefined && unreachableFrom(start, ack.client.address));
  return { cause: unroutable ? "contact-unroutable" : "ack-lost", verdict: "likely", missing };
}

/** It comes from the caller itself, which does not obey the Record-Route of the answer that it got. RFC 3261 §12.1.2, §12.2.1.1 */
function lacksRoute(ack: Transaction, answered: Answered): boolean {
  const { client, request } = firstHop(ack);
  if (request === undefined || request.has(route) || request.all(via).length > 1) return false;
  const hop = hops(answered.invite).find((each) => each.client.host === client.host);
  const recorded = hop !== undefined && copyAt(hop, answered)?.has(recordRoute) === true;
  return recorded && ack.server.host !== answered.answer.packet.source.host;
}

function isRecorded({ answer }: Answered, dialog: Dialog): boolean {
  return (dialog.answer ?? answer).has(recordRoute);
}

/** What a proxy recorded as its route, where that is what cannot be reached and not the Contact. */
function badRoute(answered: Answered, dialog: Dialog, ack: Transaction | undefined): string | undefined {
  const { invite, answer } = answered;
  const start = startOfRoute(answered, dialog);
  if (start === undefined || !isRecorded(answered, dialog)) return undefined;
  const isBad = ack === undefined ? isUnroutable(start, invite, answer) : unreachableFrom(start, ack.client.address);
  return isBad ? start : undefined;
}

/** Out of reach for the caller, and of a private range of neither side. */
function isUnroutable(start: string, { client }: Transaction, { packet }: SipResponse): boolean {
  if (unreachableFrom(start, client.address) || ofOtherFamily(start, client.address)) return true;
  return ofOtherPrivateRange(start, client.address) && ofOtherPrivateRange(start, packet.source.address);
}

/** The INVITE came through proxies, and none of them recorded its route: the ACK goes past them. RFC 3261 §12.1.2, §16.6 step 4 */
function isUnrecorded({ invite, answer }: Answered): boolean {
  return (invite.request?.branches.length ?? 0) > 1 && invite.request?.toTag === "" && !answer.has(recordRoute);
}

/** Where the ACK has to go first: the proxy nearest to the caller that recorded its route, else the Contact. RFC 3261 §12.1.2, §12.2.1.1 */
function startOfRoute({ invite, answer }: Answered, dialog: Dialog): string | undefined {
  const recorded = (dialog.answer ?? answer).all(recordRoute).at(-1);
  if (recorded === undefined) return answer.first(contact)?.uri;
  // Inside the dialog the other side may have sent the INVITE: it has the route the other way round.
  return invite === dialog.invite ? recorded.uri : undefined;
}

/** The Contact as the sender of the ACK got it: a proxy may have rewritten it on the way. */
function contactAt(ack: Transaction, answered: Answered): string | undefined {
  const hop = hops(answered.invite).find(({ client }) => client.host === ack.client.host);
  return hop && copyAt(hop, answered)?.first(contact)?.uri;
}

/** The 2xx as it is on this hop. */
function copyAt({ responses }: Transaction, { answer }: Answered): SipResponse | undefined {
  return responses.find((copy) => isSuccess(copy) && copy.toTag === answer.toTag);
}

/** The copy in which the Contact to which the ACK goes first stands, where that is not what the side that answered had written. */
function rewritingOf(ack: Transaction, answered: Answered): SipResponse | undefined {
  const named = contactAt(ack, answered);
  if (named === undefined || named === answered.answer.first(contact)?.uri) return undefined;
  return hops(answered.invite)
    .map((hop) => copyAt(hop, answered))
    .findLast((each) => each?.first(contact)?.uri === named);
}

/** The proxy that wrote the address to which the ACK went into Record-Route, and that is reached at another one. RFC 3261 §16.6 step 4 */
function recorderOf(ack: Transaction, { invite }: Answered): Endpoint | undefined {
  const hop = hops(invite).find(({ client }) => client.host === ack.client.host);
  if (hop?.request === undefined || hop.server.host === ack.server.host) return undefined;
  const names = (request: SipRequest | undefined): boolean =>
    request?.all(recordRoute).some(({ uri }) => parseUri(uri)?.host === ack.server.address) === true;
  return !names(hop.request) && hop.downstream.some(({ request }) => names(request)) ? hop.server : undefined;
}

/** User, host and port, the port of the scheme where none is written. RFC 3261 §19.1.2 */
function isSameTarget(asked: string, named: string): boolean {
  const [one, other] = [asked, named].map((uri) => parseUri(uri));
  if (one === undefined || other === undefined) return asked === named;
  return one.user === other.user && one.host === other.host && (one.port ?? 5060) === (other.port ?? 5060);
}
