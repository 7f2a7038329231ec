import type { Incident } from "../capture/incident.ts";
import type { SipRequest } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { movedTo, type Packet } from "../network/packet.ts";
import { duplicateOf } from "../transaction/duplicate.ts";
import {
  callIdKey,
  defaultCallIdFields,
  joinsOnce,
  type LinkClue,
  linkClues,
  referClues,
  transferClues,
} from "./linkLegs.ts";
import { type ClueMatch, deadlineOf, noteState, type OpenCall, type OpenLeg } from "./openCall.ts";
import { PendingInvites } from "./pendingInvites.ts";
import { TimeQueue } from "./timeQueue.ts";

/**
 * Messages of one call, grouped by Call-ID, when it is over. They are kept as packets and parsed again: many calls are open at a time,
 * and a packet is a fraction of a parsed message.
 */
export interface EndedCall {
  /** Rises with the time at which calls began. */
  readonly order: number;
  /** The earliest first. */
  readonly callIds: readonly string[];
  /** One list for each of these Call-IDs, in order of time. */
  readonly legs: readonly (readonly Packet[])[];
  readonly links: readonly ClueMatch[];
  /** How far the capture ran when the call was taken as over, microseconds since the epoch. */
  readonly observedUntilMicros: number;
}

export interface CallTrackerOptions {
  onCall(call: EndedCall): void;
  onDuplicate(packet: Packet): void;
  onIncident(incident: Incident): void;
  /** `ended` will be called. */
  readonly looksAtEnded?: boolean;
  /** Header fields that carry the Call-ID of another leg. */
  readonly callIdFields?: readonly string[];
}

/** What a sender can fill, and how far. */
const MAX_LEG_MESSAGES = 5_000;
const MAX_OPEN_BYTES = 96 * 1024 * 1024;
const MAX_OPEN_LEGS = 100_000;
const MAX_KEYS_PER_CALL = 64;
/** Bytes read after which the packets of open calls are copied out of the read buffers. */
const COMPACT_AFTER_BYTES = 64 * 1024 * 1024;

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
  readonly #invites = new PendingInvites();
  readonly #queue = new TimeQueue<OpenCall>();
  /** Calls of which nothing more is expected but stragglers, not yet handed out by `ended`. */
  readonly #quiet = new Set<OpenCall>();
  #nowMicros = Number.NEGATIVE_INFINITY;
  #openBytes = 0;
  #readBytes = 0;
  #compactedAt = 0;
  #limitsReached = 0;
  #opened = 0;
  /** REFERs seen so far: without any, no INVITE can be a transfer's. */
  #referrals = 0;

  constructor(options: CallTrackerOptions) {
    this.#options = options;
    this.#callIdFields = options.callIdFields ?? defaultCallIdFields;
  }

  push(packet: Packet, peek: MessagePeek): void {
    this.advance(packet.timeMicros);
    this.#readBytes += packet.end - packet.start;
    const leg = this.#legs.get(peek.callId);
    if (leg === undefined) this.#open(packet, peek);
    else this.#add(leg, packet, peek);
    if (this.#readBytes - this.#compactedAt > COMPACT_AFTER_BYTES) this.#compact();
    while (this.#openBytes > MAX_OPEN_BYTES || this.#legs.size > MAX_OPEN_LEGS) this.#closeOldest();
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
    for (const call of new Set(this.#calls.values())) this.#close(call);
    if (this.#limitsReached > 0) {
      const values = { limit: "open-calls" };
      this.#options.onIncident({ kind: "limit-reached", capture: 0, count: this.#limitsReached, values });
    }
  }

  #open(packet: Packet, peek: MessagePeek): void {
    const { callId, kind, method, hasToTag } = peek;
    const leg: OpenLeg = {
      callId,
      packets: [],
      isRegistration: method === "REGISTER",
      lastMicros: 0,
      confirmed: false,
      ended: false,
      bytes: 0,
    };
    this.#legs.set(callId, leg);
    const call: OpenCall = {
      order: this.#opened++,
      dueMicros: Number.POSITIVE_INFINITY,
      legs: [leg],
      links: [],
      keys: [],
      gone: false,
    };
    this.#calls.set(leg, call);
    this.#add(leg, packet, peek);
    if (kind === "request" && !hasToTag) this.#join(leg, parseMessage(packet) as SipRequest);
    this.#offer(leg, { kind: "x-call-id", score: 1, key: callIdKey(callId) }, packet);
    if (!call.gone) this.#queueFor(call, deadlineOf(call));
  }

  #queueFor(call: OpenCall, deadlineMicros: number): void {
    call.dueMicros = deadlineMicros;
    this.#queue.add(call, deadlineMicros);
  }

  /** Looks for the call that the first request of a leg belongs to. */
  #join(leg: OpenLeg, request: SipRequest): void {
    for (const clue of linkClues(request, this.#callIdFields)) this.#follow(leg, clue, request.packet);
    if (request.method !== "INVITE") return;
    if (this.#referrals > 0) transferClues(request).some((clue) => this.#follow(leg, clue, request.packet));
    this.#continue(leg, request);
  }

  #add(leg: OpenLeg, packet: Packet, peek: MessagePeek): void {
    if (leg.packets.length > 0 && duplicateOf(packet, leg.packets) !== undefined) {
      this.#options.onDuplicate(packet);
      return;
    }
    leg.packets.push(packet);
    const bytes = packet.end - packet.start;
    leg.bytes += bytes;
    this.#openBytes += bytes;
    if (packet.timeMicros > leg.lastMicros) leg.lastMicros = packet.timeMicros;
    if (noteState(leg, peek)) this.#noteEnd(leg);
    if (peek.kind === "request") this.#noteRequest(leg, packet, peek);
    if (leg.packets.length >= MAX_LEG_MESSAGES) {
      this.#limitsReached++;
      this.#close(this.#calls.get(leg)!);
    }
  }

  /** A leg that has ended is waited for much less than one that rings or talks. */
  #noteEnd(leg: OpenLeg): void {
    const call = this.#calls.get(leg)!;
    const deadline = deadlineOf(call);
    if (deadline < call.dueMicros) this.#queueFor(call, deadline);
    if (this.#options.looksAtEnded === true) this.#quiet.add(call);
  }

  /** Remembers what may open another leg: an INVITE that a B2BUA has received, a REFER. */
  #noteRequest(leg: OpenLeg, packet: Packet, { method, hasToTag }: MessagePeek): void {
    if (method === "INVITE" && !hasToTag) this.#invites.add(leg.callId, packet);
    if (method !== "REFER") return;
    this.#referrals++;
    for (const clue of referClues(parseMessage(packet) as SipRequest)) this.#offer(leg, clue, packet);
  }

  /** Joins the leg with the call that offered the same key, or offers it for one that comes later. True where it joined. */
  #follow(leg: OpenLeg, clue: LinkClue, packet: Packet): boolean {
    const other = this.#keys.get(clue.key);
    const call = this.#calls.get(leg)!;
    if (other === undefined || other === call || other.gone) {
      if (!joinsOnce(clue)) this.#offer(leg, clue, packet);
      return false;
    }
    const known = other.keys.findLast(({ clue: { key } }) => key === clue.key)!;
    if (known.callId === leg.callId) return false;
    if (joinsOnce(clue)) this.#keys.delete(clue.key);
    other.links.push({ clue, callIds: [known.callId, leg.callId], packets: [known.packet, packet] });
    this.#merge(other, call);
    return true;
  }

  /** Joins the leg that a B2BUA opened with the one that it continues, by what it carried over. */
  #continue(leg: OpenLeg, invite: SipRequest): void {
    const match = this.#invites.match(invite);
    const other = match && this.#legs.get(match.callId);
    const call = this.#calls.get(leg)!;
    const into = other && this.#calls.get(other);
    if (match === undefined || other === undefined || into === undefined || into === call) return;
    const { kind, score } = match.resemblance;
    const callIds: readonly [string, string] = [other.callId, leg.callId];
    into.links.push({ clue: { kind, score, key: "" }, callIds, packets: [match.packet, invite.packet] });
    this.#merge(into, call);
  }

  #offer(leg: OpenLeg, clue: LinkClue, packet: Packet): void {
    const call = this.#calls.get(leg)!;
    const holder = this.#keys.get(clue.key);
    if (holder !== undefined && !holder.gone && !joinsOnce(clue)) {
      // Somebody named this Call-ID before it was seen.
      if (holder !== call && clue.key === callIdKey(leg.callId)) this.#joinNamed(holder, leg, clue.key, packet);
      return;
    }
    if (call.keys.length >= MAX_KEYS_PER_CALL) return;
    call.keys.push({ clue, callId: leg.callId, packet });
    this.#keys.set(clue.key, call);
  }

  #joinNamed(holder: OpenCall, leg: OpenLeg, key: string, packet: Packet): void {
    const known = holder.keys.find((entry) => entry.clue.key === key)!;
    holder.links.push({ clue: known.clue, callIds: [known.callId, leg.callId], packets: [known.packet, packet] });
    this.#merge(holder, this.#calls.get(leg)!);
  }

  #merge(into: OpenCall, from: OpenCall): void {
    for (const leg of from.legs) this.#calls.set(leg, into);
    for (const { clue } of from.keys) if (this.#keys.get(clue.key) === from) this.#keys.set(clue.key, into);
    into.legs.push(...from.legs);
    into.links.push(...from.links);
    into.keys.push(...from.keys);
    into.order = Math.min(into.order, from.order);
    from.gone = true;
  }

  #close(call: OpenCall): void {
    call.gone = true;
    for (const leg of call.legs) {
      this.#legs.delete(leg.callId);
      this.#calls.delete(leg);
      this.#openBytes -= leg.bytes;
    }
    for (const { clue } of call.keys) if (this.#keys.get(clue.key) === call) this.#keys.delete(clue.key);
    this.#quiet.delete(call);
    this.#options.onCall(this.#seen(call));
  }

  #seen(call: OpenCall): EndedCall {
    const legs = call.legs.length < 2 ? call.legs : call.legs.toSorted(byFirstTime);
    return {
      order: call.order,
      callIds: legs.map(({ callId }) => callId),
      legs: legs.map(({ packets }) => packets),
      links: call.links,
      observedUntilMicros: this.#nowMicros,
    };
  }

  #closeOldest(): void {
    this.#limitsReached++;
    const oldest = this.#calls.values().next();
    if (!oldest.done) this.#close(oldest.value);
  }

  /** Packets that stay are copied, all of them into one new buffer, out of the read buffers they lie in, so that those can go. */
  #compact(): void {
    this.#compactedAt = this.#readBytes;
    const buffer = new Uint8Array(this.#openBytes);
    let at = 0;
    for (const { packets } of this.#legs.values()) {
      for (const [index, packet] of packets.entries()) {
        packets[index] = movedTo(buffer, at, packet);
        at += packet.end - packet.start;
      }
    }
  }
}

function byFirstTime({ packets: [a] }: OpenLeg, { packets: [b] }: OpenLeg): number {
  return a.timeMicros - b.timeMicros;
}
