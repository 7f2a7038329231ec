import type { ClueMatch } from "../../call/openCall.ts";
import { endpointOfPlain, PacketSlab, type PlainEndpoint } from "../../call/packetSlab.ts";
import type { SipResponse } from "../../message/message.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import type { Packet } from "../../network/packet.ts";
import type { OtherAttempt } from "../attempts.ts";
import type { MetLimit } from "../callLoad.ts";
import type { ClockSpan } from "../clockSpan.ts";
import type { JudgedEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { Judge } from "./judge.ts";
import { ITEM, type JudgeBatch } from "./judgePort.ts";

/** Tells a judge what `BatchWriter` wrote. */
export function readBatch(batch: JudgeBatch, judge: Judge): void {
  new BatchReader(batch, judge).readAll();
}

class BatchReader {
  readonly #judge: Judge;
  readonly #slabs: readonly PacketSlab[];
  readonly #numbers: Float64Array;
  readonly #extras: readonly unknown[];
  readonly #count: number;
  #at = 0;
  /** Of the next packet. */
  #slab = 0;
  #row = 0;
  /** Nobody reads it. */
  fetched = 0;

  constructor({ slabs, numbers, count, extras }: JudgeBatch, judge: Judge) {
    this.#judge = judge;
    this.#slabs = slabs.map((parts) => PacketSlab.of(parts));
    this.#numbers = numbers;
    this.#count = count;
    this.#extras = extras;
  }

  readAll(): void {
    while (this.#at < this.#count) this.#readItem();
  }

  #readItem(): void {
    switch (this.#number()) {
      case ITEM.call:
        return this.#readCall();
      case ITEM.event:
        return this.#readEvent();
      case ITEM.registration:
        return this.#judge.addRegistration(parseMessage(this.#packet()) as SipResponse);
      default: {
        const quiet = this.#extra<QuietRequest>();
        return this.#judge.addQuietRequest(this.#packet(), quiet);
      }
    }
  }

  #readCall(): void {
    const order = this.#number();
    const observedUntilMicros = this.#number();
    const clockMarginMicros = this.#number();
    const legCount = this.#number();
    const linkCount = this.#number();
    const limitCount = this.#number();
    const attemptCount = this.#number();
    const answerCount = this.#number();
    const clockCount = this.#number();
    const legs: Packet[][] = [];
    for (let leg = 0; leg < legCount; leg++) legs.push(this.#packets(this.#number()));
    const links: ClueMatch[] = [];
    for (let link = 0; link < linkCount; link++) {
      const { clue, callIds } = this.#extra<ClueMatch>();
      links.push({ clue, callIds, packets: [this.#packet(), this.#packet()] });
    }
    const limits: MetLimit[] = [];
    for (let limit = 0; limit < limitCount; limit++) limits.push(this.#extra<MetLimit>());
    const otherAttempts: OtherAttempt[] = [];
    for (let attempt = 0; attempt < attemptCount; attempt++) otherAttempts.push(this.#extra<OtherAttempt>());
    const clocks: ClockSpan[] = [];
    for (let clock = 0; clock < clockCount; clock++) clocks.push(this.#extra<ClockSpan>());
    const answersMeanwhile: Packet[] = [];
    while (answersMeanwhile.length < answerCount) answersMeanwhile.push(this.#packet());
    this.#judge.judgePackets(legs, {
      order,
      links,
      limits,
      otherAttempts,
      answersMeanwhile,
      observedUntilMicros,
      clockMarginMicros,
      clocks,
    });
  }

  #readEvent(): void {
    const { source, destination, ...event } = this.#extra<
      Omit<JudgedEvent, "source"> & { source: PlainEndpoint; destination: PlainEndpoint }
    >();
    const sides = { source: endpointOfPlain(source), destination: endpointOfPlain(destination) };
    this.#judge.addEvent({ ...event, ...sides } as JudgedEvent);
  }

  /** Of one leg. */
  #packets(count: number): Packet[] {
    const packets: Packet[] = [];
    while (packets.length < count) {
      const slab = this.#current();
      const first = this.#row;
      const end = Math.min(slab.count, first + count - packets.length);
      while (this.#row < end) packets.push(slab.get(this.#row++));
      this.fetched ^= slab.fetch(first, end);
    }
    return packets;
  }

  #packet(): Packet {
    return this.#current().get(this.#row++);
  }

  /** The slab that holds the next packet. */
  #current(): PacketSlab {
    if (this.#row === this.#slabs[this.#slab].count) {
      this.#slab++;
      this.#row = 0;
    }
    return this.#slabs[this.#slab];
  }

  #extra<T>(): T {
    return this.#extras[this.#number()] as T;
  }

  #number(): number {
    return this.#numbers[this.#at++];
  }
}
