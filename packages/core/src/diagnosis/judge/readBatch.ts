import type { ClueMatch } from "../../call/openCall.ts";
import type { SipResponse } from "../../message/message.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import type { CaptureAgent } from "../../network/captureAgent.ts";
import { endpointOf, inferredEndpointOf } from "../../network/endpoint.ts";
import { indexSize, type MessageIndex } from "../../network/messageIndex.ts";
import type { Endpoint, Packet } from "../../network/packet.ts";
import type { OtherAttempt } from "../attempts.ts";
import type { MetLimit } from "../callLoad.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { CallJudge } from "./callJudge.ts";
import { CUT, FROM_AGENT, HAS_INDEX, ITEM, type JudgeBatch, UNTIMED } from "./judgePort.ts";
import { transports } from "../../network/transports.ts";

/** What processors fetch at once. */
const LINE_BYTES = 64;
const LINE_NUMBERS = LINE_BYTES / Int32Array.BYTES_PER_ELEMENT;

interface Agent {
  readonly captureAgent: CaptureAgent;
  readonly correlationId?: string;
}

/** Tells a judge what `BatchWriter` wrote. */
export function readBatch(batch: JudgeBatch, judge: Omit<CallJudge, "finish">): void {
  new BatchReader(batch, judge).readAll();
}

class BatchReader {
  readonly #judge: Omit<CallJudge, "finish">;
  readonly #bytes: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #indices: Int32Array;
  readonly #endpoints: readonly Endpoint[];
  readonly #extras: readonly unknown[];
  readonly #count: number;
  #at = 0;
  #used = 0;
  #usedIndices = 0;
  /** Nobody reads it: what is read for nothing would not be read at all. */
  fetched = 0;

  constructor({ buffers, count, endpoints, extras }: JudgeBatch, judge: Omit<CallJudge, "finish">) {
    this.#judge = judge;
    this.#bytes = new Uint8Array(buffers.bytes);
    this.#numbers = new Float64Array(buffers.numbers);
    this.#indices = new Int32Array(buffers.indices);
    this.#count = count;
    this.#endpoints = endpoints.map(([address, port, inferred]) =>
      inferred ? inferredEndpointOf(address, port) : endpointOf(address, port),
    );
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
    const legCount = this.#number();
    const linkCount = this.#number();
    const limitCount = this.#number();
    const attemptCount = this.#number();
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
    this.#judge.judge({ order, legs, links, limits, otherAttempts, observedUntilMicros });
  }

  #readEvent(): void {
    const { source, destination, ...event } = this.#extra<
      Omit<DeliveryEvent, "source"> & { source: number; destination: number }
    >();
    const sides = { source: this.#endpoints[source], destination: this.#endpoints[destination] };
    this.#judge.addEvent({ ...event, ...sides } as DeliveryEvent);
  }

  #packets(count: number): Packet[] {
    const packets: Packet[] = [];
    const used = this.#used;
    const usedIndices = this.#usedIndices;
    for (let i = 0; i < count; i++) packets.push(this.#packet());
    this.#fetch(used, usedIndices);
    return packets;
  }

  /**
   * Asks for each cache line since these places, so that they come together: another processor has written them, and looking for one text after
   * the other would wait for each.
   */
  #fetch(used: number, usedIndices: number): void {
    const bytes = this.#bytes;
    const indices = this.#indices;
    let all = 0;
    for (let at = used; at < this.#used; at += LINE_BYTES) all ^= bytes[at];
    for (let at = usedIndices; at < this.#usedIndices; at += LINE_NUMBERS) all ^= indices[at];
    this.fetched = all;
  }

  #packet(): Packet {
    const numbers = this.#numbers;
    const at = this.#at;
    this.#at = at + 10;
    const start = this.#used;
    const end = start + numbers[at + 6];
    this.#used = end;
    const flags = numbers[at + 9];
    const agent = (flags & FROM_AGENT) === 0 ? undefined : this.#extra<Agent>();
    const packet: Packet = {
      capture: numbers[at],
      frame: numbers[at + 1],
      timeMicros: numbers[at + 2],
      transport: transports[numbers[at + 3]],
      source: this.#endpoints[numbers[at + 4]],
      destination: this.#endpoints[numbers[at + 5]],
      bytes: this.#bytes,
      start,
      end,
      ipId: numbers[at + 7],
      fragments: numbers[at + 8],
      cut: (flags & CUT) !== 0,
      untimed: (flags & UNTIMED) === 0 ? undefined : true,
      index: (flags & HAS_INDEX) === 0 ? undefined : this.#index(),
    };
    return agent === undefined ? packet : { ...packet, ...agent };
  }

  #index(): MessageIndex {
    const index = { numbers: this.#indices, at: this.#usedIndices };
    this.#usedIndices += indexSize(index);
    return index;
  }

  #extra<T>(): T {
    return this.#extras[this.#number()] as T;
  }

  #number(): number {
    return this.#numbers[this.#at++];
  }
}
