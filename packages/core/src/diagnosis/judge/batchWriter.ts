import type { SipResponse } from "../../message/message.ts";
import { copyIndex, indexSize, type MessageIndex } from "../../network/messageIndex.ts";
import type { Endpoint, Packet } from "../../network/packet.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { JudgedCall } from "./callJudge.ts";
import {
  type BatchBuffers,
  type BatchEndpoint,
  CUT,
  FROM_AGENT,
  HAS_INDEX,
  ITEM,
  type JudgeBatch,
  UNTIMED,
} from "./judgePort.ts";
import { transports } from "../../network/transports.ts";

/** Bytes of messages in a batch, unless one call has more. */
export const BATCH_BYTES: number = 1024 * 1024;
/** The first ones are smaller, each twice the one before, so that the judge soon has something to do. */
const FIRST_BATCH_BYTES = 128 * 1024;
/** Bytes of its numbers, and of the indices of its messages, unless they need more. */
const NUMBERS_BYTES = 256 * 1024;
const INDICES_BYTES = 320 * 1024;
/** Numbers after which a batch is full. */
const MOST_NUMBERS = NUMBERS_BYTES / Float64Array.BYTES_PER_ELEMENT / 2;
const NO_BYTES = new Uint8Array(0);
const NO_NUMBERS = new Float64Array(0);
const NO_INDICES = new Int32Array(0);

/** Puts what a judge is told into batches: the bytes of the messages copied into one buffer, all else as numbers. */
export class BatchWriter {
  readonly #onBatch: (batch: JudgeBatch) => void;
  readonly #spare: BatchBuffers[] = [];
  readonly #endpoints: Map<Endpoint, number> = new Map();
  #bytes: Uint8Array = NO_BYTES;
  #used = 0;
  #numbers: Float64Array = NO_NUMBERS;
  #count = 0;
  #indices: Int32Array = NO_INDICES;
  #indexCount = 0;
  #extras: unknown[] = [];
  #lastEndpoint: Endpoint | undefined;
  #lastIndex = 0;
  /** Bytes after which a batch is full. */
  #fullBytes = FIRST_BATCH_BYTES;

  constructor(onBatch: (batch: JudgeBatch) => void) {
    this.#onBatch = onBatch;
  }

  /** Buffers that came back. */
  reuse(buffers: BatchBuffers): void {
    const { bytes, numbers, indices } = buffers;
    const isUsual = numbers.byteLength === NUMBERS_BYTES && indices.byteLength === INDICES_BYTES;
    if (isUsual && bytes.byteLength === BATCH_BYTES) this.#spare.push(buffers);
  }

  addCall({ order, legs, links, limits, otherAttempts, observedUntilMicros }: JudgedCall): void {
    this.#makeRoom(bytesOf(legs) + bytesOf(links.map(({ packets }) => packets)));
    this.#put(ITEM.call);
    this.#put(order);
    this.#put(observedUntilMicros);
    this.#put(legs.length);
    this.#put(links.length);
    this.#put(limits.length);
    this.#put(otherAttempts.length);
    for (const packets of legs) {
      this.#put(packets.length);
      for (const packet of packets) this.#putPacket(packet);
    }
    for (const { clue, callIds, packets } of links) {
      this.#putExtra({ clue, callIds });
      for (const packet of packets) this.#putPacket(packet);
    }
    for (const extra of [...limits, ...otherAttempts]) this.#putExtra(extra);
  }

  addEvent(event: DeliveryEvent): void {
    this.#makeRoom(0);
    this.#put(ITEM.event);
    const source = this.#indexOf(event.source);
    const destination = this.#indexOf(event.destination);
    this.#putExtra({ ...event, source, destination });
  }

  addRegistration({ packet }: SipResponse): void {
    this.#makeRoom(packet.end - packet.start);
    this.#put(ITEM.registration);
    this.#putPacket(packet);
  }

  addQuietRequest(packet: Packet, quiet: QuietRequest): void {
    this.#makeRoom(packet.end - packet.start);
    this.#put(ITEM.quietRequest);
    this.#putExtra(quiet);
    this.#putPacket(packet);
  }

  flush(): void {
    if (this.#count === 0) return;
    const batch: JudgeBatch = {
      kind: "batch",
      buffers: {
        bytes: this.#bytes.buffer as ArrayBuffer,
        numbers: this.#numbers.buffer as ArrayBuffer,
        indices: this.#indices.buffer as ArrayBuffer,
      },
      count: this.#count,
      endpoints: [...this.#endpoints.keys()].map(plainEndpoint),
      extras: this.#extras,
    };
    this.#bytes = NO_BYTES;
    this.#used = 0;
    this.#count = 0;
    this.#indexCount = 0;
    this.#extras = [];
    this.#endpoints.clear();
    this.#lastEndpoint = undefined;
    this.#fullBytes = Math.min(this.#fullBytes * 2, BATCH_BYTES);
    this.#onBatch(batch);
  }

  #makeRoom(length: number): void {
    const isFull = this.#used + length > this.#fullBytes || this.#count > MOST_NUMBERS;
    if (isFull) this.flush();
    if (this.#bytes.length > 0) return;
    const spare = length > BATCH_BYTES ? undefined : this.#spare.pop();
    this.#bytes = new Uint8Array(spare?.bytes ?? new ArrayBuffer(Math.max(length, BATCH_BYTES)));
    this.#numbers = new Float64Array(spare?.numbers ?? new ArrayBuffer(NUMBERS_BYTES));
    this.#indices = new Int32Array(spare?.indices ?? new ArrayBuffer(INDICES_BYTES));
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
    const { bytes, start, end, captureAgent, correlationId, index } = packet;
    this.#put(packet.capture);
    this.#put(packet.frame);
    this.#put(packet.timeMicros);
    this.#put(transports.indexOf(packet.transport));
    this.#put(this.#indexOf(packet.source));
    this.#put(this.#indexOf(packet.destination));
    this.#put(end - start);
    this.#put(packet.ipId);
    this.#put(packet.fragments);
    const agentFlag = captureAgent === undefined ? 0 : FROM_AGENT;
    const timeFlag = packet.untimed === true ? UNTIMED : 0;
    this.#put((packet.cut ? CUT : 0) | agentFlag | timeFlag | (index === undefined ? 0 : HAS_INDEX));
    if (captureAgent !== undefined) this.#putExtra({ captureAgent, correlationId });
    if (index !== undefined) this.#putIndex(index);
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#used += end - start;
  }

  #putIndex(index: MessageIndex): void {
    const used = this.#indexCount;
    this.#indexCount = used + indexSize(index);
    if (this.#indexCount > this.#indices.length) {
      const grown = new Int32Array(this.#indexCount * 2);
      grown.set(this.#indices);
      this.#indices = grown;
    }
    copyIndex(index, this.#indices, used);
  }

  #indexOf(endpoint: Endpoint): number {
    if (endpoint === this.#lastEndpoint) return this.#lastIndex;
    let index = this.#endpoints.get(endpoint);
    if (index === undefined) {
      index = this.#endpoints.size;
      this.#endpoints.set(endpoint, index);
    }
    this.#lastEndpoint = endpoint;
    this.#lastIndex = index;
    return index;
  }
}

function bytesOf(lists: readonly (readonly Packet[])[]): number {
  let sum = 0;
  for (const packets of lists) for (const { start, end } of packets) sum += end - start;
  return sum;
}

function plainEndpoint({ address, port, inferred }: Endpoint): BatchEndpoint {
  return [address, port, inferred === true];
}
