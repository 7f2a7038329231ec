import type { Space } from "../bytes/space.ts";
import type { Incident } from "../capture/incident.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { SipMessage, SipRequest } from "../message/message.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import type { Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { timerB } from "../transaction/timers.ts";
import { LegJoiner, type PartedLink } from "./legJoiner.ts";
import { callerFirst } from "./legOrder.ts";
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
import { isRenewedInTime } from "./renewal.ts";
import { SecondSights } from "./secondSights.ts";
import { TimeQueue } from "./timeQueue.ts";
import { type AskedRequest, UnansweredRequests } from "./unansweredRequests.ts";

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
  /** A second sight of a packet; the first was in the capture `first`. */
  onDuplicate(packet: Packet, first: number): void;
  /** The first message of a leg. */
  onLeg?(packet: Packet, peek: MessagePeek): void;
  /** A request outside of a dialog that has got no response in T1. */
  onUnanswered?(request: AskedRequest): void;
  /** Who was redirected, in the call of this Call-ID, later calls the target in another call. */
  onLater?(callId: string, request: SipRequest): void;
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
const MAX_PARTED = 10_000;
/** Calls that are over may stay in the queue until their time comes, as many as are open and these. */
const MAX_GONE_QUEUED = 10_000;

/**
 * Groups messages into calls as they arrive and lets a call go when it is over, so that what is kept is bounded by the calls
 * that are open. Messages come in order of capture; time is the capture's.
 */
export class CallTracker {
  readonly #options: CallTrackerOptions;
  readonly #legs = new Map<string, OpenLeg>();
  readonly #calls = new Map<OpenLeg, OpenCall>();
  readonly #packets: PacketStore;
  readonly #secondSights: SecondSights;
  readonly #joiner: LegJoiner;
  readonly #queue = new TimeQueue<OpenCall>();
  readonly #unanswered = new UnansweredRequests();
  /** Subscriptions of which a part is over, until they go on: with what else they are joined. */
  readonly #parted = new RecentMap<string, readonly PartedLink[]>(MAX_PARTED);
  /** Calls of which nothing more is expected but stragglers, not yet handed out by `ended`. */
  readonly #quiet = new Set<OpenCall>();
  #nowMicros = Number.NEGATIVE_INFINITY;
  #goneQueued = 0;
  #limitsReached = 0;
  #opened = 0;

  constructor(options: CallTrackerOptions) {
    this.#options = options;
    this.#packets = new PacketStore(options.packetSpace);
    this.#secondSights = new SecondSights(this.#packets);
    this.#joiner = new LegJoiner({
      packets: this.#packets,
      callIdFields: options.callIdFields,
      legOf: (callId) => this.#legs.get(callId),
      callOf: (leg) => this.#calls.get(leg),
      nowMicros: () => this.#nowMicros,
      merge: (from, into) => this.#merge(from, into),
      onLater: options.onLater,
    });
  }

  push(packet: Packet, peek: MessagePeek): void {
    this.advance(packet.timeMicros);
    const leg = this.#legs.get(peek.callId);
    if (leg === undefined) this.#open(packet, peek);
    else if (this.#beginsPart(leg, packet, peek)) {
      this.#part(this.#calls.get(leg)!);
      this.#open(packet, peek);
    } else this.#add(leg, packet, peek);
    if (!this.#fits(1)) this.#makeRoom();
  }

  /** How far the capture has run, microseconds since the epoch; `-Infinity` before it began. */
  get nowMicros(): number {
    return this.#nowMicros;
  }

  /** The capture runs at least this far, microseconds since the epoch; calls that are over by then end. */
  advance(timeMicros: number): void {
    if (timeMicros <= this.#nowMicros) return;
    this.#nowMicros = timeMicros;
    if (this.#unanswered.dueMicros <= timeMicros) this.#tellUnanswered();
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
    this.#tell({ limit: "legs-per-call" }, this.#joiner.legsNotJoined);
  }

  #tell(values: { readonly limit: string }, count: number): void {
    if (count > 0) this.#options.onIncident({ kind: "limit-reached", capture: 0, count, values });
  }

  #open(packet: Packet, peek: MessagePeek): void {
    const { callId, method } = peek;
    const linksBefore = this.#parted.get(callId);
    this.#parted.delete(callId);
    const leg: OpenLeg = {
      callId,
      packets: [],
      lengths: [],
      client: undefined,
      server: undefined,
      isRegistration: method === "REGISTER",
      isSubscription: method === "SUBSCRIBE" || linksBefore !== undefined,
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
      isChanging: false,
      hungUp: false,
      ended: false,
      asked: undefined,
      hops: undefined,
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
      offered: [],
      gone: false,
    };
    this.#calls.set(leg, call);
    this.#secondSights.learn(packet);
    this.#add(leg, packet, peek);
    this.#joiner.joinNamed(leg);
    for (const link of linksBefore ?? []) this.#joiner.joinAgain(link);
    if (!call.gone) this.#queueFor(call, deadlineOf(call));
  }

  #noteAsked(leg: OpenLeg, packet: Packet, { kind, method, hasToTag }: MessagePeek): void {
    if (kind === "response") {
      if (leg.asked?.server === packet.source) leg.asked = undefined;
    } else if (!hasToTag && method !== "ACK" && method !== "CANCEL") this.#noteRequest(leg, packet);
  }

  /** Sent again to the same side it goes on waiting, but for a request that nobody waits for any more. RFC 3261 §17.1.2.2 */
  #noteRequest(leg: OpenLeg, { source: client, destination: server, timeMicros, untimed }: Packet): void {
    const { asked } = leg;
    if (untimed === true || (asked?.server === server && timeMicros - asked.sinceMicros < timerB)) return;
    leg.asked = { callId: leg.callId, client, server, sinceMicros: timeMicros };
    this.#unanswered.add(leg.asked);
  }

  #tellUnanswered(): void {
    for (let next = this.#unanswered.next(this.#nowMicros); next !== undefined;) {
      if (this.#legs.get(next.callId)?.asked === next) this.#options.onUnanswered?.(next);
      next = this.#unanswered.next(this.#nowMicros);
    }
  }

  #queueFor(call: OpenCall, deadlineMicros: number): void {
    call.dueMicros = deadlineMicros;
    this.#queue.add(call, deadlineMicros);
  }

  #add(leg: OpenLeg, packet: Packet, peek: MessagePeek): void {
    const first = this.#secondSights.firstOf(packet, leg);
    if (first !== undefined) {
      this.#options.onDuplicate(packet, this.#packets.get(first).capture);
      return;
    }
    this.#packets.add(packet, leg.packets, peek.index);
    leg.lengths.push(packet.end - packet.start);
    if (packet.timeMicros > leg.lastMicros) leg.lastMicros = packet.timeMicros;
    leg.hasLate ||= packet.capture === leg.lastCapture && packet.frame < leg.lastFrame;
    leg.lastCapture = packet.capture;
    leg.lastFrame = packet.frame;
    if (noteState(leg, packet, peek)) this.#noteEnd(leg);
    this.#noteAsked(leg, packet, peek);
    if (peek.kind === "request") this.#joiner.noteRequest(leg, packet, peek);
    else if (peek.statusCode > 100) this.#joiner.noteAnswer(leg, packet, peek);
    if (leg.packets.length >= MAX_LEG_MESSAGES) {
      this.#limitsReached++;
      this.#close(this.#calls.get(leg)!);
    }
  }

  /**
   * Phones register and subscribe for as long as they are there: that is judged some messages at a time, or up to where a B2BUA begins to send on the
   * registration of another one.
   */
  #beginsPart(leg: OpenLeg, packet: Packet, peek: MessagePeek): boolean {
    const { isRegistration, isSubscription, packets } = leg;
    if (peek.kind !== "request" || !(isRegistration || isSubscription)) return false;
    if (packets.length < RENEWED_MESSAGES && !(isRegistration && this.#joiner.continuesOther(leg, packet, peek)))
      return false;
    const last = this.#lastMessage(leg);
    return (
      last !== undefined &&
      isRenewedInTime(last, packet.timeMicros) &&
      this.#calls.get(leg)!.legs.every((each) => each === leg || this.#isSettled(each))
    );
  }

  /** Nothing that came last waits for an answer, or nobody does any more. RFC 3261 §17.1.2.2 */
  #isSettled(leg: OpenLeg): boolean {
    if ((leg.isRegistration || leg.isSubscription) && this.#nowMicros - leg.lastMicros > timerB) return true;
    const last = this.#lastMessage(leg);
    return last?.kind === "response" && last.statusCode >= 200;
  }

  #lastMessage(leg: OpenLeg): SipMessage | undefined {
    return parseMessage(this.#packetAt({ leg, index: leg.packets.length - 1 }));
  }

  /** A leg that has ended is waited for much less than one that rings or talks. */
  #noteEnd(leg: OpenLeg): void {
    const call = this.#calls.get(leg)!;
    const deadline = deadlineOf(call);
    if (deadline < call.dueMicros) this.#queueFor(call, deadline);
    if (this.#options.looksAtEnded === true) this.#quiet.add(call);
  }

  #merge(from: OpenCall, into: OpenCall): void {
    for (const leg of from.legs) this.#calls.set(leg, into);
    into.legs.push(...from.legs);
    into.order = Math.min(into.order, from.order);
    from.gone = true;
    if (from.dueMicros < Number.POSITIVE_INFINITY) this.#letGo(from);
  }

  /** Its legs go on, each with its next message. What comes inside of a subscription does not show by itself what it is of, as a REGISTER does. */
  #part(call: OpenCall): void {
    const links = call.links.map(({ clue, places: [first, second] }): PartedLink => {
      return { clue, callIds: [first.leg.callId, second.leg.callId] };
    });
    for (const { isSubscription, callId } of call.legs) if (isSubscription) this.#parted.set(callId, links);
    this.#close(call);
  }

  #close(call: OpenCall): void {
    call.gone = true;
    for (const leg of call.legs) {
      this.#legs.delete(leg.callId);
      this.#calls.delete(leg);
      leg.gone = true;
    }
    this.#joiner.forget(call);
    this.#quiet.delete(call);
    this.#options.onCall(this.#seen(call));
    for (const { packets } of call.legs) for (const ref of packets) this.#packets.release(ref);
    this.#letGo(call);
  }

  /** The queue still holds it until its time comes: then nothing but the object, and not too many of them. */
  #letGo(call: OpenCall): void {
    call.legs = [];
    call.links = [];
    call.offered = [];
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
