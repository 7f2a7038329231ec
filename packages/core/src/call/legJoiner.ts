import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { fromUri } from "../message/partyUri.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { indexedText, PLACE } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import { timerC } from "../transaction/timers.ts";
import { ConcurrentLegs, type Hop } from "./concurrentLegs.ts";
import type { LegMatch } from "./legFeatures.ts";
import {
  callIdKey,
  defaultCallIdFields,
  joinsOnce,
  type LinkClue,
  linkClues,
  referClues,
  transferClues,
} from "./linkLegs.ts";
import { OfferedClues } from "./offeredClues.ts";
import type { ClueMatch, LegPacket, OpenCall, OpenLeg, OpenMatch } from "./openCall.ts";
import type { PacketStore } from "./packetStore.ts";
import { namesPartyOf } from "./namesPartyOf.ts";
import { PendingRequests } from "./pendingRequests.ts";
import { RelayedCredentials } from "./relayedCredentials.ts";
import { invitesRetry, PendingRetries } from "./pendingRetries.ts";

export interface LegJoinerOptions {
  readonly packets: PacketStore;
  /** Header fields that carry the Call-ID of another leg. */
  readonly callIdFields?: readonly string[];
  /** The open leg of this Call-ID. */
  legOf(callId: string): OpenLeg | undefined;
  /** The open call of a leg. */
  callOf(leg: OpenLeg): OpenCall | undefined;
  /** How far the capture has run, microseconds since the epoch. */
  nowMicros(): number;
  /** The legs of one call belong to the other one from now on. */
  merge(from: OpenCall, into: OpenCall): void;
  /** Who was redirected, in the call of this Call-ID, later calls the target in another call. */
  onLater?(callId: string, request: SipRequest): void;
}

/** What joined two legs of a call of which the first part is over. */
export type PartedLink = Pick<ClueMatch, "clue" | "callIds">;

/** How long after a REFER its receiver may send the INVITE that it asks for. */
const REFERRED_MICROS = timerC;
/** One that has more is no call: something else carries the same words in all of them. */
const MAX_LEGS_PER_CALL = 100;

/** Finds out which legs are of one call, by what their messages carry and where they went, and joins their calls. */
export class LegJoiner {
  readonly #options: LegJoinerOptions;
  readonly #callIdFields: readonly string[];
  readonly #clues: OfferedClues = new OfferedClues();
  readonly #pending = new PendingRequests<LegPacket>((place) => this.#pendingAt(place));
  readonly #retries = new PendingRetries<LegPacket>(
    (place) => this.#refusal(place),
    (place) => this.#refusedInvite(place),
    ({ leg }, request) => this.#options.onLater?.(leg.callId, request),
  );
  readonly #relayed = new RelayedCredentials<LegPacket>();
  readonly #concurrent = new ConcurrentLegs(
    (leg) => leg.gone || this.#linksOf(leg).some(({ places }) => places[0].leg === leg),
    (leg) => leg.gone || this.#linksOf(leg).some(({ places }) => places[1].leg === leg),
  );
  /** REFERs seen so far: without any, no INVITE can be a transfer's. */
  #referrals = 0;
  #legsNotJoined = 0;

  constructor(options: LegJoinerOptions) {
    this.#options = options;
    this.#callIdFields = options.callIdFields ?? defaultCallIdFields;
  }

  /** Legs that were left alone as their call had too many. */
  get legsNotJoined(): number {
    return this.#legsNotJoined;
  }

  /** Remembers what may open another leg: a request that a B2BUA has received, a REFER. It is the latest packet of its leg. */
  noteRequest(leg: OpenLeg, packet: Packet, peek: MessagePeek): void {
    const { method, hasToTag, index } = peek;
    const opens = opensTransaction(peek);
    const answersChallenge = opens && method !== "INVITE" && leg.refusedAt >= 0;
    if (opens) {
      leg.refusedAt = -1;
      // A proxy sends it on as it is.
      if (method !== "INVITE") this.#pending.end(method, leg.callId, packet.source);
      this.#pending.add(method, leg.callId, indexedText(packet, index, PLACE.branch), packet, lastOf(leg));
    }
    if (method === "INVITE" && opens) this.#concurrent.invite(leg, packet);
    else if (method === "CANCEL") {
      this.#pending.end("INVITE", leg.callId, packet.destination, indexedText(packet, index, PLACE.branch));
      this.#concurrent.cancel(leg, packet);
      this.#joinRingGroups(leg, packet);
    } else if (method === "BYE") {
      this.#pending.end("INVITE", leg.callId, packet.source);
      this.#pending.end("INVITE", leg.callId, packet.destination);
      this.#concurrent.end(leg, packet.timeMicros);
    } else if (method === "REFER") this.#noteRefer(lastOf(leg));
    // Its first message may be another one: a capture may hold a response before its request.
    if (!hasToTag && leg.client === undefined) this.#join(lastOf(leg));
    else if (opens && this.#mayContinue(leg, packet, method)) this.#joinLater(lastOf(leg));
    if (answersChallenge) this.#joinByCredentials(lastOf(leg));
  }

  /** True where the request, which is not noted yet, is what a B2BUA sends on of a request of another call. */
  continuesOther(leg: OpenLeg, packet: Packet, peek: MessagePeek): boolean {
    if (!opensTransaction(peek) || peek.method === "INVITE" || !this.#pending.isAskedAt(packet.source)) return false;
    const found = this.#pending.find(parseMessage(packet) as SipRequest);
    return found !== undefined && this.#options.callOf(found.place.leg) !== this.#options.callOf(leg);
  }

  /** An answer beyond 100 may go out on another leg at once. It is the latest packet of its leg. */
  noteAnswer(leg: OpenLeg, packet: Packet, peek: MessagePeek): void {
    const { method, statusCode } = peek;
    if (statusCode >= 200) this.#noteFinal(leg, packet, peek);
    const hops = method === "INVITE" ? this.#concurrent.answer(leg, statusCode, packet) : undefined;
    if (method === "INVITE" && statusCode >= 200) this.#joinRingGroups(leg, packet);
    if (hops !== undefined) this.#joinHops(hops, { kind: "same-answers", score: 0.4, key: "" });
  }

  #joinRingGroups(leg: OpenLeg, packet: Packet): void {
    const groups = this.#concurrent.ringGroups(leg, packet, (came, group) => {
      const invites = group.map((left) => this.#requestAt(left));
      const isOneCaller = invites.every((invite) => fromUri(invite) === fromUri(invites[0]));
      return isOneCaller && invites.every((invite) => namesPartyOf(invite, this.#requestAt(came)));
    });
    for (const [came, group] of groups)
      for (const left of group) this.#joinHops([came, left], { kind: "rung-together", score: 0.45, key: "" });
  }

  #joinHops([came, left]: readonly [Hop, Hop], clue: LinkClue): void {
    const [into, from] = [this.#options.callOf(came.leg), this.#options.callOf(left.leg)];
    if (into === undefined || from === undefined || into === from) return;
    this.#link(into, from, { clue, places: [came, left] });
  }

  #linksOf(leg: OpenLeg): readonly OpenMatch[] {
    return this.#options.callOf(leg)?.links ?? [];
  }

  /** What was refused opens no other leg any more. */
  #noteFinal(leg: OpenLeg, packet: Packet, { method, statusCode, index }: MessagePeek): void {
    if (method === "INVITE" && statusCode < 300) this.#pending.accept(leg.callId, packet.source);
    else if (method === "INVITE" || this.#pending.isAskedAt(packet.source))
      this.#pending.end(method, leg.callId, packet.source, indexedText(packet, index, PLACE.branch));
    if (method === "REFER" && statusCode >= 300) this.#withdraw(leg, parseMessage(packet)!);
    if (invitesRetry(statusCode) && !leg.confirmed) this.#noteRefusal(leg, packet, statusCode);
  }

  /** Somebody may have named this Call-ID before it was seen. */
  joinNamed(leg: OpenLeg): void {
    if (this.#clues.isEmpty) return;
    const known = this.#clues.first(callIdKey(leg.callId));
    const call = this.#options.callOf(leg);
    const holder = known && this.#options.callOf(known.place.leg);
    if (known === undefined || call === undefined || holder === undefined || holder === call) return;
    this.#link(holder, call, { clue: known.clue, places: [known.place, { leg, index: 0 }] });
  }

  /** Both legs were parted, and go on. */
  joinAgain({ clue, callIds }: PartedLink): void {
    const [first, second] = callIds.map((callId) => this.#options.legOf(callId));
    const [into, from] = [first, second].map((leg) => leg && this.#options.callOf(leg));
    if (first === undefined || second === undefined || into === undefined || from === undefined || into === from)
      return;
    this.#link(into, from, {
      clue,
      places: [
        { leg: first, index: 0 },
        { leg: second, index: 0 },
      ],
    });
  }

  /** The call has ended. */
  forget(call: OpenCall): void {
    this.#clues.forget(call);
    for (const leg of call.legs) this.#concurrent.end(leg, this.#options.nowMicros());
  }

  /** Looks for the call that the request which opens a leg belongs to. */
  #join(place: LegPacket): void {
    const request = this.#requestAt(place);
    place.leg.client = request.packet.source;
    place.leg.server = request.packet.destination;
    for (const clue of linkClues(request, this.#callIdFields)) this.#follow(clue, place);
    if (request.method === "INVITE" && this.#referrals > 0)
      transferClues(request).some((clue) => this.#follow(clue, place));
    this.#continue(place, this.#retries.match(request) ?? this.#pending.match(request));
  }

  /** A leg that continues none, though nothing else is asked on it than what opened it. A leg is continued from one other only. */
  #mayContinue(leg: OpenLeg, { source }: Packet, method: string): boolean {
    return method !== "INVITE" && this.#pending.isAskedAt(source) && !this.#isContinuation(leg);
  }

  #joinByCredentials(place: LegPacket): void {
    const match = this.#relayed.match(this.#requestAt(place), place);
    if (match !== undefined && !this.#isContinuation(place.leg) && this.#waits(match.place))
      this.#continue(place, match);
  }

  #isContinuation(leg: OpenLeg): boolean {
    return this.#linksOf(leg).some(({ places }) => places[1].leg === leg);
  }

  /** Its client has got no final answer since. */
  #waits({ leg, index }: LegPacket): boolean {
    return (
      !leg.gone &&
      leg.packets.slice(index + 1).every((_, after) => {
        const message = this.#messageAt({ leg, index: index + 1 + after });
        return message.kind === "request" || message.statusCode < 200;
      })
    );
  }

  /** What opened the leg fitted nothing, or several. The caller's leg is the one that began first. */
  #joinLater(place: LegPacket): void {
    const { packets } = this.#options;
    const request = this.#requestAt(place);
    const found = this.#pending.find(request);
    if (found === undefined) return;
    const [caller, own] = [found.place.leg, place.leg].map((leg) => packets.timeOf(leg.packets[0]));
    if (caller <= own) this.#continue(place, this.#pending.match(request));
  }

  /** Joins the leg with the call that offered the same key, or offers it for one that comes later. True where it joined. */
  #follow(clue: LinkClue, place: LegPacket): boolean {
    const call = this.#options.callOf(place.leg)!;
    const known = this.#placeOf(clue, place.leg);
    const other = known && this.#options.callOf(known.leg);
    if (known === undefined || other === undefined || other === call) {
      if (!joinsOnce(clue)) this.#clues.add(call, clue, place);
      return false;
    }
    if (joinsOnce(clue)) this.#clues.takeBack(other, clue, known);
    return this.#link(other, call, { clue, places: [known, place] });
  }

  /** Where the other message with this clue is: the first of the leg whose Call-ID it names, or one that offered the same. */
  #placeOf(clue: LinkClue, follower: OpenLeg): LegPacket | undefined {
    const leg = clue.callId === undefined ? undefined : this.#options.legOf(clue.callId);
    if (leg !== undefined) return { leg, index: 0 };
    const place = this.#clues.latest(clue.key)?.place;
    return place !== undefined && this.#isMet(clue, place, follower) ? place : undefined;
  }

  /** True where the two messages may be of one call though neither shows the other's Call-ID. */
  #isMet(clue: LinkClue, { leg, index }: LegPacket, follower: OpenLeg): boolean {
    const { packets, nowMicros } = this.#options;
    if (joinsOnce(clue)) return nowMicros() - packets.timeOf(leg.packets[index]) <= REFERRED_MICROS;
    // Both name a Call-ID that is not in view: the element that had it has sent one of them, and the other came from or went to it.
    return clue.callId === undefined || sharesClient(leg, follower) || sharesClient(follower, leg);
  }

  /** Joins a leg with the one that it continues: that a B2BUA sends on, or that was refused and is asked for again. */
  #continue(place: LegPacket, match: LegMatch<LegPacket> | undefined): void {
    const call = this.#options.callOf(place.leg)!;
    const into = match && this.#options.callOf(match.place.leg);
    if (match === undefined || into === undefined || into === call) return;
    const { kind, score } = match.resemblance;
    this.#link(into, call, { clue: { kind, score, key: "" }, places: [match.place, place] });
  }

  /** False where the call would have too many legs. */
  #link(into: OpenCall, from: OpenCall, match: OpenMatch): boolean {
    if (into.legs.length + from.legs.length > MAX_LEGS_PER_CALL) {
      this.#legsNotJoined++;
      return false;
    }
    into.links.push(match, ...from.links);
    this.#clues.move(from, into);
    this.#options.merge(from, into);
    return true;
  }

  #noteRefer(place: LegPacket): void {
    this.#referrals++;
    const call = this.#options.callOf(place.leg)!;
    for (const clue of referClues(this.#requestAt(place))) this.#clues.add(call, clue, place);
  }

  /** No call comes of a REFER that was refused. */
  #withdraw(leg: OpenLeg, { cseqNumber, fromTag }: SipMessage): void {
    const call = this.#options.callOf(leg)!;
    for (const { clue, place } of call.offered) {
      if (!joinsOnce(clue) || place.leg !== leg) continue;
      const refer = this.#requestAt(place);
      if (refer.cseqNumber === cseqNumber && refer.fromTag === fromTag) this.#clues.takeBack(call, clue, place);
    }
  }

  #noteRefusal(leg: OpenLeg, packet: Packet, statusCode: number): void {
    const place = lastOf(leg);
    leg.refusedAt = place.index;
    this.#retries.add(packet, statusCode, place);
  }

  #pendingAt(place: LegPacket): SipRequest | undefined {
    return place.leg.gone ? undefined : this.#requestAt(place);
  }

  #refusal(place: LegPacket): SipResponse | undefined {
    const { gone, refusedAt } = place.leg;
    return gone || refusedAt !== place.index ? undefined : (this.#messageAt(place) as SipResponse);
  }

  /** What the refusal at this place answers, as its receiver sent it. */
  #refusedInvite({ leg, index }: LegPacket): SipRequest | undefined {
    const refusal = this.#messageAt({ leg, index });
    for (let i = index - 1; i >= 0; i--) {
      const message = this.#messageAt({ leg, index: i });
      const isOwn = message.packet.source.host === refusal.packet.destination.host;
      if (message.kind === "request" && message.method === "INVITE" && isOwn) return message;
    }
    return undefined;
  }

  #requestAt(place: LegPacket): SipRequest {
    return this.#messageAt(place) as SipRequest;
  }

  #messageAt({ leg, index }: LegPacket): SipMessage {
    return parseMessage(this.#options.packets.get(leg.packets[index]))!;
  }
}

/** True for a request outside of a dialog. An ACK has no tag where the refusal had none. */
function opensTransaction({ method, hasToTag }: MessagePeek): boolean {
  return !hasToTag && method !== "CANCEL" && method !== "ACK";
}

function lastOf(leg: OpenLeg): LegPacket {
  return { leg, index: leg.packets.length - 1 };
}

/** True where the element that sent the first leg's request sent or got the second one's. */
function sharesClient({ client }: OpenLeg, { client: opener, server }: OpenLeg): boolean {
  return client !== undefined && (client.host === opener?.host || client.host === server?.host);
}
