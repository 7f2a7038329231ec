import { copyIndex, indexSize, type MessageIndex } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";

/** Bytes of messages in a slab, unless one message has more; and messages. */
const SLAB_BYTES = 256 * 1024;
const SLAB_ROWS = 2048;
/** Numbers of the indices of the messages in a slab, unless one message has more. */
const SLAB_NUMBERS = 24 * 1024;
/** What a row costs beside its bytes: a flood of short messages is counted too. */
const ROW_BYTES = 128;
/** Numbers of a row: offset, length, capture, IP identification, fragments, whether it was cut, place of its index. */
const COLUMNS = 7;
const NO_INDEX = -1;
/** Slabs that are kept to be used again. */
const MOST_SPARE = 8;
/** What slabs may hold of packets that are not in use any more before the others are moved together. */
const SLACK_BYTES = 8 * 1024 * 1024;

/** Where a packet is: its slab and its row there, as one number. */
export type PacketRef = number;

interface Slab {
  readonly bytes: Uint8Array;
  readonly rows: Int32Array;
  /** Time and frame of each row. */
  readonly places: Float64Array;
  /** The indices of the messages, one after the other. */
  readonly numbers: Int32Array;
  readonly sources: Endpoint[];
  readonly destinations: Endpoint[];
  /** What has no column, by row: packets that came in HEP or over a stream. */
  readonly whole: (Packet | undefined)[];
  used: number;
  usedNumbers: number;
  count: number;
  /** Rows that are in use. */
  live: number;
}

/**
 * Keeps the packets of open calls: their bytes copied out of the read buffers, the rest in columns. Hundreds of thousands are open at
 * a time, and as objects they would be what the garbage collector spends its time on. Slabs that are not in use any more are used again.
 */
export class PacketStore {
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #spare: Slab[] = [];
  #current: Slab = newSlab(SLAB_BYTES, SLAB_NUMBERS);
  #currentIndex = 0;
  #liveBytes = 0;
  #deadBytes = 0;

  constructor() {
    this.#open(SLAB_BYTES, SLAB_NUMBERS);
  }

  /** Bytes of the packets in it. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** True where so much that is not in use is held that moving the rest is worth its time. */
  get isSparse(): boolean {
    return this.#deadBytes > SLACK_BYTES + this.#liveBytes / 4;
  }

  /** `index` is given where the message has been looked at. */
  add(packet: Packet, index: MessageIndex | undefined = packet.index): PacketRef {
    const { bytes, start, end } = packet;
    const length = end - start;
    const numberCount = index === undefined ? 0 : indexSize(index);
    if (!hasRoom(this.#current, length, numberCount)) this.#open(length, numberCount);
    const slab = this.#current;
    const row = slab.count++;
    slab.bytes.set(bytes.subarray(start, end), slab.used);
    const at = row * COLUMNS;
    const { rows, places } = slab;
    rows[at] = slab.used;
    rows[at + 1] = length;
    rows[at + 2] = packet.capture;
    rows[at + 3] = packet.ipId;
    rows[at + 4] = packet.fragments;
    rows[at + 5] = packet.cut ? 1 : 0;
    rows[at + 6] = NO_INDEX;
    if (index !== undefined) {
      rows[at + 6] = slab.usedNumbers;
      copyIndex(index, slab.numbers, slab.usedNumbers);
      slab.usedNumbers += numberCount;
    }
    places[row * 2] = packet.timeMicros;
    places[row * 2 + 1] = packet.frame;
    slab.sources[row] = packet.source;
    slab.destinations[row] = packet.destination;
    slab.whole[row] =
      packet.transport === "udp" && packet.captureAgent === undefined ? undefined : withoutBytes(packet);
    slab.used += length;
    slab.live++;
    this.#liveBytes += length + ROW_BYTES;
    return this.#currentIndex * SLAB_ROWS + row;
  }

  /** The packet, valid until it is released. */
  get(ref: PacketRef): Packet {
    const slab = this.#slabOf(ref);
    const row = ref % SLAB_ROWS;
    const at = row * COLUMNS;
    const { rows, places } = slab;
    const whole = slab.whole[row];
    const packet: Packet = {
      capture: rows[at + 2],
      frame: places[row * 2 + 1],
      timeMicros: places[row * 2],
      transport: whole === undefined ? "udp" : whole.transport,
      source: slab.sources[row],
      destination: slab.destinations[row],
      bytes: slab.bytes,
      start: rows[at],
      end: rows[at] + rows[at + 1],
      ipId: rows[at + 3],
      fragments: rows[at + 4],
      cut: rows[at + 5] !== 0,
      index: rows[at + 6] === NO_INDEX ? undefined : { numbers: slab.numbers, at: rows[at + 6] },
    };
    if (whole?.captureAgent === undefined) return packet;
    return { ...packet, captureAgent: whole.captureAgent, correlationId: whole.correlationId };
  }

  timeOf(ref: PacketRef): number {
    return this.#slabOf(ref).places[(ref % SLAB_ROWS) * 2];
  }

  /** True for the same length between the same two sides, which is what most packets differ in. */
  isAlike(ref: PacketRef, { source, destination, start, end }: Packet): boolean {
    const slab = this.#slabOf(ref);
    const row = ref % SLAB_ROWS;
    return (
      slab.rows[row * COLUMNS + 1] === end - start &&
      slab.sources[row] === source &&
      slab.destinations[row] === destination
    );
  }

  release(ref: PacketRef): void {
    const slab = this.#slabOf(ref);
    const bytes = slab.rows[(ref % SLAB_ROWS) * COLUMNS + 1] + ROW_BYTES;
    this.#liveBytes -= bytes;
    this.#deadBytes += bytes;
    if (--slab.live === 0 && slab !== this.#current) this.#close(Math.floor(ref / SLAB_ROWS), slab);
  }

  /** The same packet at another place, its old one released. */
  moved(ref: PacketRef): PacketRef {
    const now = this.add(this.get(ref));
    this.release(ref);
    return now;
  }

  /** What comes next goes into a slab of its own. To be called before everything is moved. */
  beginAnew(): void {
    this.#open(0, 0);
  }

  #slabOf(ref: PacketRef): Slab {
    return this.#slabs[Math.floor(ref / SLAB_ROWS)]!;
  }

  #open(length: number, numberCount: number): void {
    const before = this.#slabs[this.#currentIndex];
    const beforeIndex = this.#currentIndex;
    const spare = length <= SLAB_BYTES && numberCount <= SLAB_NUMBERS ? this.#spare.pop() : undefined;
    this.#current = spare ?? newSlab(Math.max(length, SLAB_BYTES), Math.max(numberCount, SLAB_NUMBERS));
    this.#currentIndex = this.#free.pop() ?? this.#slabs.length;
    this.#slabs[this.#currentIndex] = this.#current;
    if (before?.live === 0) this.#close(beforeIndex, before);
  }

  #close(index: number, slab: Slab): void {
    this.#slabs[index] = undefined;
    this.#free.push(index);
    this.#deadBytes -= slab.used + slab.count * ROW_BYTES;
    if (slab.bytes.length !== SLAB_BYTES || slab.numbers.length !== SLAB_NUMBERS || this.#spare.length >= MOST_SPARE)
      return;
    slab.used = 0;
    slab.usedNumbers = 0;
    slab.count = 0;
    this.#spare.push(slab);
  }
}

function hasRoom({ count, bytes, used, numbers, usedNumbers }: Slab, length: number, numberCount: number): boolean {
  return count < SLAB_ROWS && used + length <= bytes.length && usedNumbers + numberCount <= numbers.length;
}

function newSlab(length: number, numberCount: number): Slab {
  return {
    bytes: new Uint8Array(length),
    rows: new Int32Array(SLAB_ROWS * COLUMNS),
    places: new Float64Array(SLAB_ROWS * 2),
    numbers: new Int32Array(numberCount),
    sources: [],
    destinations: [],
    whole: [],
    used: 0,
    usedNumbers: 0,
    count: 0,
    live: 0,
  };
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

function withoutBytes(packet: Packet): Packet {
  return { ...packet, bytes: NO_BYTES, start: 0, end: 0, index: undefined };
}
