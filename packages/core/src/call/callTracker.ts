import type { Space } from "../bytes/space.ts";
import type { Incident } from "../capture/incident.ts";
import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { indexedText, PLACE } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import { isSecondSight } from "../transaction/duplicate.ts";
import { timerC } from "../transaction/timers.ts";
import type { LegMatch } from "./legFeatures.ts";
import { callerFirst } from "./legOrder.ts";
import {
  callIdKey,
  defaultCallIdFields,
  joinsOnce,
  type LinkClue,
  linkClues,
  referClues,
  transferClues,
} from "./linkLegs.ts";
import {
  type ClueMatch,
  deadlineOf,
  isBrief,
  type LegPacket,
  noteState,
  type OpenCall,
  type OpenLeg,
  type OpenMatch,
} from "./openCall.ts";
import { type PacketRef, PacketStore, StoredPackets } from "./packetStore.ts";
import { PendingInvites } from "./pendingInvites.ts";
import { invitesRetry, PendingRetries } from "./pendingRetries.ts";
import { isRenewedInTime } from "./renewal.ts";
import { TimeQueue } from "./timeQueue.ts";

/**
 * Messages of one call, grouped by Call-ID, when it is over. They are kept as packets and parsed again: many calls are open at a time,
 * and a packet is a fraction of a parsed message. The bytes are used for other packets afterwards: read them at once.
 */
export interface EndedCall {
  /** Rises with the time at which calls began. */
  readonly order: number;
  /** The caller's first, as far as can be told. */
  readonly callIds: readonly string[];
  /** One list for each of these Call-IDs, in order of time. */
  readonly legs: readonly StoredPackets[];
  readonly links: readonly ClueMatch[];
  /** How far the capture ran when the call was taken as over, microseconds since the epoch. */
  readonly observedUntilMicros: number;
}

export interface CallTrackerOptions {
  onCall(call: EndedCall): void;
  onDuplicate(packet: Packet): void;
  /** The first message of a leg. */
  onLeg?(packet: Packet, peek: MessagePeek): void;
  onIncident(incident: Incident): void;
  /** `ended` will be called. */
  readonly looksAtEnded?: boolean;
  /** Where packets of calls that last are put aside. Without it not as many are open at a time. */
  readonly packetSpace?: Space;
  /** Header fields that carry the Call-ID of another leg. */
  readonly callIdFields?: readonly string[];
}

/** What a sender can fill, and how far. */
const MAX_LEG_MESSAGES = 5_000;
/** A registration or subscription with so many is judged where it is renewed in time, and goes on as another one. */
const RENEWED_MESSAGES = 16;
const MAX_OPEN_BYTES = 64 * 1024 * 1024;
const MAX_OPEN_LEGS = 100_000;
/** Where too much is open, calls end until no more than this part of the limit is: each time begins with a walk past those that ended before. */
const ROOM = 0.99;
const MAX_KEYS_PER_CALL = 64;
/** How long after a REFER its receiver may send the INVITE that it asks for. */
const REFERRED_MICROS = timerC;
/** One that has more is no call: something else carries the same words in all of them. */
const MAX_LEGS_PER_CALL = 100;
/** Calls that are over may stay in the queue until their time comes, as many as are open and these. */
const MAX_GONE_QUEUED = 10_000;
const MAX_SOURCES = 10_000;
/** How many packets of the leg are looked back on for the first sight of one. */
const LOOK_BACK = 32;

/**
 * Groups messages into calls as they arrive and lets a call go when it is over, so that what is kept is bounded by the calls
 * that are open. Messages come in order of capture; time is the capture's.
 */
export class CallTracker {
  readonly #options: CallTrackerOptions;
  readonly #callIdFields: readonly string[];
  readonly #legs = new Map<string, OpenLeg>();
  readonly #calls = new Map<OpenLeg, OpenCall>();
  readonly #keys = new Map<string, OpenCall>();
  readonly #packets: PacketStore;
  /** Of the sources of first packets of legs: the only IP identification so far, or -1 where there were others. */
  readonly #ids = new Map<string, number>();
  readonly #invites = new PendingInvites<LegPacket>((place) => this.#invite(place));
  readonly #retries = new PendingRetries<LegPacket>((place) => this.#refusal(place));
  readonly #queue = new TimeQueue<OpenCall>();
  /** Calls of which nothing more is expected but stragglers, not yet handed out by `ended`. */
  readonly #quiet = new Set<OpenCall>();
  #nowMicros = Number.NEGATIVE_INFINITY;
  #goneQueued = 0;
  #limitsReached = 0;
  #legsNotJoined = 0;
  #opened = 0;
  /** REFERs seen so far: without any, no INVITE can be a transfer's. */
  #referrals = 0;

  constructor(options: CallTrackerOptions) {
    this.#options = options;
    this.#packets = new PacketStore(options.packetSpace);
    this.#callIdFields = options.callIdFields ?? defaultCallIdFields;
  }

  push(packet: Packet, peek: MessagePeek): void {
    this.advance(packet.timeMicros);
    const leg = this.#legs.get(peek.callId);
    if (leg === undefined) this.#open(packet, peek);
    else if (this.#beginsPart(leg, packet, peek)) {
      this.#close(this.#calls.get(leg)!);
      this.#open(packet, peek, leg);
    } else this.#add(leg, packet, peek);
    if (!this.#fits(1)) this.#makeRoom();
  }

  /** The capture runs at least this far, microseconds since the epoch; calls that are over by then end. */
  advance(timeMicros: number): void {
    if (timeMicros <= this.#nowMicros) return;
    this.#nowMicros = timeMicros;
    for (const call of this.#queue.due(timeMicros)) {
      // Not due any more: it is queued again for later.
      if (call.gone || call.dueMicros > timeMicros) continue;
      const deadline = deadlineOf(call);
      if (deadline > timeMicros) this.#queueFor(call, deadline);
      else this.#close(call);
    }
  }

  /** Calls that are over as far as anybody can see by now and are only waited on for stragglers; each once, unless it goes on. */
  ended(quietMicros: number): EndedCall[] {
    const found: EndedCall[] = [];
    for (const call of this.#quiet) {
      const isEnded = !call.gone && call.legs.every(({ ended }) => ended);
      if (isEnded && call.legs.some(({ lastMicros }) => lastMicros > this.#nowMicros - quietMicros)) continue;
      this.#quiet.delete(call);
      if (isEnded) found.push(this.#seen(call));
    }
    return found;
  }

  flush(): void {
    for (const _ of this.closeAll());
  }

  /** The same, one call at each step. */
  *closeAll(): Generator<void, void, undefined> {
    for (const call of new Set(this.#calls.values())) {
      this.#close(call);
      yield;
    }
    this.#tell({ limit: "open-calls" }, this.#limitsReached);
    this.#tell({ limit: "legs-per-call" }, this.#legsNotJoined);
  }

  #tell(values: { readonly limit: string }, count: number): void {
    if (count > 0) this.#options.onIncident({ kind: "limit-reached", capture: 0, count, values });
  }

  /** `before` is the leg that it goes on with. */
  #open(packet: Packet, peek: MessagePeek, before?: OpenLeg): void {
    const { callId, method } = peek;
    const leg: OpenLeg = {
      callId,
      packets: [],
      lengths: [],
      client: undefined,
      server: undefined,
      isRegistration: method === "REGISTER",
      isSubscription: method === "SUBSCRIBE" || before?.isSubscription === true,
      isBrief: isBrief(peek),
      lastMicros: 0,
      lastCapture: packet.capture,
      lastFrame: 0,
      hasLate: false,
      invites: [],
      confirmed: false,
      callerTag: "",
      calleeTag: "",
      answers: undefined,
      isReferral: false,
      reportedUntilMicros: 0,
      hungUp: false,
      ended: false,
      refusedAt: -1,
      gone: false,
    };
    this.#legs.set(callId, leg);
    this.#options.onLeg?.(packet, peek);
    const call: OpenCall = {
      order: this.#opened++,
      dueMicros: Number.POSITIVE_INFINITY,
      legs: [leg],
      links: [],
      keys: [],
      gone: false,
    };
    this.#calls.set(leg, call);
    this.#noteId(packet);
    this.#add(leg, packet, peek);
    if (this.#keys.size > 0) this.#joinNamed(leg);
    if (!call.gone) this.#queueFor(call, deadlineOf(call));
  }

  #queueFor(call: OpenCall, deadlineMicros: number): void {
    call.dueMicros = deadlineMicros;
    this.#queue.add(call, deadlineMicros);
  }

  /** Looks for the call that the request which opens a leg belongs to. */
  #join(place: LegPacket): void {
    const request = this.#requestAt(place);
    place.leg.client = request.packet.source;
    place.leg.server = request.packet.destination;
    for (const clue of linkClues(request, this.#callIdFields)) this.#follow(clue, place);
    if (request.method !== "INVITE") return this.#continue(place, this.#retries.match(request));
    if (this.#referrals > 0) transferClues(request).some((clue) => this.#follow(clue, place));
    this.#continue(place, this.#retries.match(request) ?? this.#invites.match(request));
  }

  #add(leg: OpenLeg, packet: Packet, peek: MessagePeek): void {
    if (this.#isDuplicate(packet, leg)) {
      this.#options.onDuplicate(packet);
      return;
    }
    this.#packets.add(packet, leg.packets, peek.index);
    leg.lengths.push(packet.end - packet.start);
    if (packet.timeMicros > leg.lastMicros) leg.lastMicros = packet.timeMicros;
    leg.hasLate ||= packet.capture === leg.lastCapture && packet.frame < leg.lastFrame;
    leg.lastCapture = packet.capture;
    leg.lastFrame = packet.frame;
    if (noteState(leg, packet, peek)) this.#noteEnd(leg);
    if (peek.kind === "request") this.#noteRequest(leg, packet, peek);
    else if (peek.statusCode >= 200) this.#noteFinal(leg, packet, peek);
    if (leg.packets.length >= MAX_LEG_MESSAGES) {
      this.#limitsReached++;
      this.#close(this.#calls.get(leg)!);
    }
  }

  /** Phones register and subscribe for as long as they are there: that is judged some messages at a time. */
  #beginsPart(leg: OpenLeg, { timeMicros }: Packet, { kind }: MessagePeek): boolean {
    const { isRegistration, isSubscription, packets } = leg;
    if (kind !== "request" || packets.length < RENEWED_MESSAGES || !(isRegistration || isSubscription)) return false;
    const last = parseMessage(this.#packetAt({ leg, index: packets.length - 1 }));
    return last !== undefined && isRenewedInTime(last, timeMicros);
  }

  #isDuplicate(packet: Packet, { packets, lengths }: OpenLeg): boolean {
    const length = packet.end - packet.start;
    const stop = Math.max(0, packets.length - LOOK_BACK);
    for (let i = packets.length - 1; i >= stop; i--) {
      if (lengths[i] !== length || !this.#packets.isAlike(packets[i], packet)) continue;
      if (this.#isSightOf(packets[i], packet, packets)) return true;
    }
    return false;
  }

  /** On its own: a function that is made in the loop above would cost every packet. */
  #isSightOf(ref: PacketRef, packet: Packet, packets: readonly PacketRef[]): boolean {
    return isSecondSight(packet, this.#packets.get(ref), () => this.#idsVary(packet, packets));
  }

  #noteId({ source: { address }, ipId }: Packet): void {
    if (ipId <= 0) return;
    const known = this.#ids.get(address);
    if (known !== undefined && known !== ipId) this.#ids.set(address, -1);
    else if (this.#ids.size < MAX_SOURCES) this.#ids.set(address, ipId);
  }

  /** True where the source has given another packet another IP identification. */
  #idsVary({ source, ipId }: Packet, packets: readonly PacketRef[]): boolean {
    if (this.#ids.get(source.address) === -1) return true;
    return packets.slice(-LOOK_BACK).some((ref) => {
      const other = this.#packets.get(ref);
      return other.source.address === source.address && other.ipId > 0 && other.ipId !== ipId;
    });
  }

  /** A leg that has ended is waited for much less than one that rings or talks. */
  #noteEnd(leg: OpenLeg): void {
    const call = this.#calls.get(leg)!;
    const deadline = deadlineOf(call);
    if (deadline < call.dueMicros) this.#queueFor(call, deadline);
    if (this.#options.looksAtEnded === true) this.#quiet.add(call);
  }

  /** Remembers what may open another leg: an INVITE that a B2BUA has received, a REFER. */
  #noteRequest(leg: OpenLeg, packet: Packet, { method, hasToTag, index }: MessagePeek): void {
    // An ACK has no tag where the refusal had none.
    if (!hasToTag && method !== "CANCEL" && method !== "ACK") leg.refusedAt = -1;
    if (method === "INVITE" && !hasToTag)
      this.#invites.add(leg.callId, indexedText(packet, index, PLACE.branch), packet, lastOf(leg));
    else if (method === "CANCEL")
      this.#invites.end(leg.callId, packet.destination, indexedText(packet, index, PLACE.branch));
    else if (method === "BYE") {
      this.#invites.end(leg.callId, packet.source);
      this.#invites.end(leg.callId, packet.destination);
    } else if (method === "REFER") this.#noteRefer(lastOf(leg));
    // Its first message may be another one: a capture may hold a response before its request.
    if (!hasToTag && leg.client === undefined) this.#join(lastOf(leg));
  }

  #noteRefer(place: LegPacket): void {
    this.#referrals++;
    for (const clue of referClues(this.#requestAt(place))) this.#offer(clue, place);
  }

  /** What was refused opens no other leg any more. */
  #noteFinal(leg: OpenLeg, packet: Packet, { method, statusCode, index }: MessagePeek): void {
    if (method === "INVITE") {
      if (statusCode < 300) this.#invites.accept(leg.callId, packet.source);
      else this.#invites.end(leg.callId, packet.source, indexedText(packet, index, PLACE.branch));
    } else if (method === "REFER" && statusCode >= 300) this.#withdraw(leg, parseMessage(packet)!);
    if (invitesRetry(statusCode) && !leg.confirmed) this.#noteRefusal(leg, packet, statusCode);
  }

  #noteRefusal(leg: OpenLeg, packet: Packet, statusCode: number): void {
    const place = lastOf(leg);
    leg.refusedAt = place.index;
    this.#retries.add(packet, statusCode, place);
  }

  /** No call comes of a REFER that was refused. */
  #withdraw(leg: OpenLeg, { cseqNumber, fromTag }: SipMessage): void {
    const call = this.#calls.get(leg)!;
    for (const { clue, place } of call.keys) {
      if (!joinsOnce(clue) || place.leg !== leg) continue;
      const refer = this.#requestAt(place);
      if (refer.cseqNumber === cseqNumber && refer.fromTag === fromTag) this.#takeBack(call, clue, place);
    }
  }

  #takeBack(call: OpenCall, clue: LinkClue, place: LegPacket): void {
    call.keys = call.keys.filter((offered) => offered.clue.key !== clue.key || offered.place !== place);
    const isOffered = call.keys.some(({ clue: { key } }) => key === clue.key);
    if (!isOffered && this.#keys.get(clue.key) === call) this.#keys.delete(clue.key);
  }

  #invite(place: LegPacket): SipRequest | undefined {
    return place.leg.gone ? undefined : this.#requestAt(place);
  }

  #refusal(place: LegPacket): SipResponse | undefined {
    const { gone, refusedAt } = place.leg;
    return gone || refusedAt !== place.index ? undefined : (parseMessage(this.#packetAt(place)) as SipResponse);
  }

  #requestAt(place: LegPacket): SipRequest {
    return parseMessage(this.#packetAt(place)) as SipRequest;
  }

  /** Joins the leg with the call that offered the same key, or offers it for one that comes later. True where it joined. */
  #follow(clue: LinkClue, place: LegPacket): boolean {
    const call = this.#calls.get(place.leg)!;
    const known = this.#placeOf(clue, place.leg);
    const other = known && this.#calls.get(known.leg);
    if (known === undefined || other === undefined || other === call) {
      if (!joinsOnce(clue)) this.#offer(clue, place);
      return false;
    }
    if (joinsOnce(clue)) this.#takeBack(other, clue, known);
    return this.#link(other, call, { clue, places: [known, place] });
  }

  /** Where the other message with this clue is: the first of the leg whose Call-ID it names, or one that offered the same. */
  #placeOf(clue: LinkClue, follower: OpenLeg): LegPacket | undefined {
    const leg = clue.callId === undefined ? undefined : this.#legs.get(clue.callId);
    if (leg !== undefined) return { leg, index: 0 };
    const place = this.#keys.get(clue.key)?.keys.findLast(({ clue: { key } }) => key === clue.key)?.place;
    return place !== undefined && this.#isMet(clue, place, follower) ? place : undefined;
  }

  /** True where the two messages may be of one call though neither shows the other's Call-ID. */
  #isMet(clue: LinkClue, { leg, index }: LegPacket, follower: OpenLeg): boolean {
    if (joinsOnce(clue)) return this.#nowMicros - this.#packets.timeOf(leg.packets[index]) <= REFERRED_MICROS;
    // Both name a Call-ID that is not in view: the element that had it has sent one of them, and the other came from or went to it.
    return clue.callId === undefined || sharesClient(leg, follower) || sharesClient(follower, leg);
  }

  /** Somebody may have named this Call-ID before it was seen. */
  #joinNamed(leg: OpenLeg): void {
    const key = callIdKey(leg.callId);
    const holder = this.#keys.get(key);
    const known = holder?.keys.find(({ clue }) => clue.key === key);
    const call = this.#calls.get(leg)!;
    if (holder === undefined || known === undefined || holder === call) return;
    this.#link(holder, call, { clue: known.clue, places: [known.place, { leg, index: 0 }] });
  }

  /** False where the call would have too many legs. */
  #link(into: OpenCall, from: OpenCall, match: OpenMatch): boolean {
    if (into.legs.length + from.legs.length > MAX_LEGS_PER_CALL) {
      this.#legsNotJoined++;
      return false;
    }
    into.links.push(match);
    this.#merge(into, from);
    return true;
  }

  /** Joins a leg with the one that it continues: that a B2BUA sends on, or that was refused and is asked for again. */
  #continue(place: LegPacket, match: LegMatch<LegPacket> | undefined): void {
    const call = this.#calls.get(place.leg)!;
    const into = match && this.#calls.get(match.place.leg);
    if (match === undefined || into === undefined || into === call) return;
    const { kind, score } = match.resemblance;
    this.#link(into, call, { clue: { kind, score, key: "" }, places: [match.place, place] });
  }

  #offer(clue: LinkClue, place: LegPacket): void {
    const call = this.#calls.get(place.leg)!;
    const holder = this.#keys.get(clue.key);
    if (holder !== undefined && !holder.gone && !joinsOnce(clue)) return;
    if (call.keys.length >= MAX_KEYS_PER_CALL) return;
    call.keys.push({ clue, place });
    this.#keys.set(clue.key, call);
  }

  #merge(into: OpenCall, from: OpenCall): void {
    for (const leg of from.legs) this.#calls.set(leg, into);
    for (const { clue } of from.keys) if (this.#keys.get(clue.key) === from) this.#keys.set(clue.key, into);
    into.legs.push(...from.legs);
    into.links.push(...from.links);
    into.keys.push(...from.keys);
    into.order = Math.min(into.order, from.order);
    from.gone = true;
    if (from.dueMicros < Number.POSITIVE_INFINITY) this.#letGo(from);
  }

  #close(call: OpenCall): void {
    call.gone = true;
    for (const leg of call.legs) {
      this.#legs.delete(leg.callId);
      this.#calls.delete(leg);
      leg.gone = true;
    }
    for (const { clue } of call.keys) if (this.#keys.get(clue.key) === call) this.#keys.delete(clue.key);
    this.#quiet.delete(call);
    this.#options.onCall(this.#seen(call));
    for (const { packets } of call.legs) for (const ref of packets) this.#packets.release(ref);
    this.#letGo(call);
  }

  /** The queue still holds it until its time comes: then nothing but the object, and not too many of them. */
  #letGo(call: OpenCall): void {
    call.legs = [];
    call.links = [];
    call.keys = [];
    if (++this.#goneQueued <= MAX_GONE_QUEUED + this.#legs.size) return;
    this.#goneQueued = 0;
    this.#queue.forget(({ gone }) => gone);
  }

  #seen(call: OpenCall): EndedCall {
    const legs = call.legs.length < 2 ? call.legs : callerFirst(call.legs, (leg) => this.#firstTime(leg));
    return {
      order: call.order,
      callIds: legs.map(({ callId }) => callId),
      legs: legs.map((leg) => new StoredPackets(this.#packets, this.#inOrder(leg))),
      links: call.links.map((link) => this.#matchOf(link)),
      observedUntilMicros: this.#nowMicros,
    };
  }

  #firstTime(leg: OpenLeg): number {
    return this.#packets.timeOf(this.#inOrder(leg)[0]);
  }

  /** What was handed on late, as the keys of its connection came late for example, was sent when it was captured. */
  #inOrder({ packets, hasLate }: OpenLeg): readonly PacketRef[] {
    return hasLate ? packets.toSorted((a, b) => this.#packets.timeOf(a) - this.#packets.timeOf(b)) : packets;
  }

  #matchOf({ clue, places: [first, second] }: OpenMatch): ClueMatch {
    return {
      clue,
      callIds: [first.leg.callId, second.leg.callId],
      packets: [this.#packetAt(first), this.#packetAt(second)],
    };
  }

  #packetAt({ leg, index }: LegPacket): Packet {
    return this.#packets.get(leg.packets[index]);
  }

  #fits(part: number): boolean {
    return this.#packets.liveBytes <= MAX_OPEN_BYTES * part && this.#legs.size <= MAX_OPEN_LEGS * part;
  }

  /** Closes the oldest. By an iterator of its own: one that is kept would keep what the map held before it grew, and so every call for ever. */
  #makeRoom(): void {
    for (const call of this.#calls.values()) {
      this.#limitsReached++;
      this.#close(call);
      if (this.#fits(ROOM)) return;
    }
  }
}

function lastOf(leg: OpenLeg): LegPacket {
  return { leg, index: leg.packets.length - 1 };
}

/** True where the element that sent the first leg's request sent or got the second one's. */
function sharesClient({ client }: OpenLeg, { client: opener, server }: OpenLeg): boolean {
  return client !== undefined && (client.host === opener?.host || client.host === server?.host);
}
