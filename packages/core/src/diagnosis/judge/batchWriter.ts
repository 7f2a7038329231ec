import { PacketSlab, plainEndpoint, recordSize, SLAB_BYTES } from "../../call/packetSlab.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Packet } from "../../network/packet.ts";
import type { JudgedEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { JudgedCall } from "./callJudge.ts";
import { ITEM, type JudgeBatch } from "./judgePort.ts";

/** Bytes after which a batch is full. */
const BATCH_BYTES = 4 * SLAB_BYTES;
/** The first ones are smaller, each twice the one before, so that the judge soon has something to do. */
const FIRST_BATCH_BYTES = SLAB_BYTES / 2;
/** Numbers that there is room for at first, and those after which a batch is full. */
const NUMBERS = 4 * 1024;
const MOST_NUMBERS = NUMBERS / 2;

/** Puts what a judge is told into batches: packets into slabs, all else as numbers. */
export class BatchWriter {
  readonly #onBatch: (batch: JudgeBatch) => void;
  readonly #spare: ArrayBuffer[] = [];
  #slabs: PacketSlab[] = [];
  #used = 0;
  #numbers = new Float64Array(NUMBERS);
  #count = 0;
  #extras: unknown[] = [];
  /** Bytes after which this one is full. */
  #fullBytes = FIRST_BATCH_BYTES;

  constructor(onBatch: (batch: JudgeBatch) => void) {
    this.#onBatch = onBatch;
  }

  /** Buffers that came back. */
  reuse(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) if (buffer.byteLength === SLAB_BYTES) this.#spare.push(buffer);
  }

  addCall(call: JudgedCall): void {
    const {
      order,
      legs,
      links,
      limits,
      otherAttempts,
      answersMeanwhile,
      observedUntilMicros,
      clockMarginMicros,
      clocks,
    } = call;
    this.#begin(ITEM.call);
    this.#put(order);
    this.#put(observedUntilMicros);
    this.#put(clockMarginMicros);
    this.#put(legs.length);
    this.#put(links.length);
    this.#put(limits.length);
    this.#put(otherAttempts.length);
    this.#put(answersMeanwhile.length);
    this.#put(clocks.length);
    for (const packets of legs) {
      this.#put(packets.count);
      packets.copy(this.#slabFor);
    }
    for (const { clue, callIds, packets } of links) {
      this.#putExtra({ clue, callIds });
      for (const packet of packets) this.#putPacket(packet);
    }
    for (const extra of [...limits, ...otherAttempts, ...clocks]) this.#putExtra(extra);
    for (const packet of answersMeanwhile) this.#putPacket(packet);
  }

  addEvent(event: JudgedEvent): void {
    this.#begin(ITEM.event);
    this.#putExtra({ ...event, source: plainEndpoint(event.source), destination: plainEndpoint(event.destination) });
  }

  addRegistration({ packet }: SipResponse): void {
    this.#begin(ITEM.registration);
    this.#putPacket(packet);
  }

  addQuietRequest(packet: Packet, quiet: QuietRequest): void {
    this.#begin(ITEM.quietRequest);
    this.#putExtra(quiet);
    this.#putPacket(packet);
  }

  flush(): void {
    if (this.#count === 0) return;
    const batch: JudgeBatch = {
      kind: "batch",
      slabs: this.#slabs.map(({ parts }) => parts),
      numbers: this.#numbers,
      count: this.#count,
      extras: this.#extras,
    };
    this.#slabs = [];
    this.#used = 0;
    this.#numbers = new Float64Array(NUMBERS);
    this.#count = 0;
    this.#extras = [];
    this.#fullBytes = Math.min(this.#fullBytes * 2, BATCH_BYTES);
    this.#onBatch(batch);
  }

  #begin(item: number): void {
    if (this.#used >= this.#fullBytes || this.#count > MOST_NUMBERS) this.flush();
    this.#put(item);
  }

  #put(number: number): void {
    if (this.#count === this.#numbers.length) {
      const grown = new Float64Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#count++] = number;
  }

  #putExtra(extra: unknown): void {
    this.#put(this.#extras.length);
    this.#extras.push(extra);
  }

  #putPacket(packet: Packet): void {
    this.#slabFor(recordSize(packet, packet.index)).add(packet, packet.index);
  }

  readonly #slabFor = (size: number): PacketSlab => {
    this.#used += size;
    const current = this.#slabs.at(-1);
    if (current?.hasRoom(size) === true) return current;
    const next = PacketSlab.withRoom(size, this.#spare.pop());
    this.#slabs.push(next);
    return next;
  };
}
