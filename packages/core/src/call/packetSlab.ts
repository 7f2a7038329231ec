import type { CaptureAgent } from "../network/captureAgent.ts";
import { copyIndex, indexSize, type MessageIndex } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { transports } from "../network/transports.ts";

export const SLAB_ROWS = 1024;
/** Bytes of messages, and numbers of their indices, unless one message has more. */
const MESSAGE_BYTES = 256 * 1024;
const INDEX_NUMBERS = 24 * 1024;
/** Numbers of a row: offset, length, capture, IP identification, fragments, cut, transport, source, destination, place of the index. */
const COLUMNS = 10;
const NO_INDEX = -1;
const ROWS_AT = SLAB_ROWS * 2 * Float64Array.BYTES_PER_ELEMENT;
const NUMBERS_AT = ROWS_AT + SLAB_ROWS * COLUMNS * Int32Array.BYTES_PER_ELEMENT;
/** Bytes of a slab, unless it was made for a large message. */
export const SLAB_BYTES: number = NUMBERS_AT + INDEX_NUMBERS * Int32Array.BYTES_PER_ELEMENT + MESSAGE_BYTES;

/** The buffer of a slab, and what lies in it. */
interface Columns {
  readonly buffer: ArrayBuffer;
  /** Time and frame of each row. */
  readonly places: Float64Array;
  readonly rows: Int32Array;
  /** The indices of the messages, one after the other. */
  readonly numbers: Int32Array;
  readonly bytes: Uint8Array;
}

interface Agent {
  readonly captureAgent: CaptureAgent;
  readonly correlationId?: string;
}

/** Some hundred packets in one buffer, which can be put aside and brought back: the bytes of the messages, and all else in columns. */
export class PacketSlab {
  readonly #endpoints: Endpoint[] = [];
  readonly #endpointNumbers: Map<Endpoint, number> = new Map();
  /** Of packets that came in HEP, by row. */
  readonly #agents: Map<number, Agent> = new Map();
  #columns: Columns | undefined;
  #used = 0;
  #usedNumbers = 0;
  #count = 0;

  /** In a buffer of `SLAB_BYTES`, or a larger one with more numbers. */
  constructor(buffer: ArrayBuffer = new ArrayBuffer(SLAB_BYTES), indexNumbers: number = INDEX_NUMBERS) {
    this.#columns = columnsIn(buffer, indexNumbers);
  }

  /** With room for a message of any size. */
  static forLarge(length: number, index: MessageIndex | undefined): PacketSlab {
    const indexNumbers = Math.max(INDEX_NUMBERS, index === undefined ? 0 : indexSize(index));
    const more = (indexNumbers - INDEX_NUMBERS) * Int32Array.BYTES_PER_ELEMENT;
    return new PacketSlab(new ArrayBuffer(SLAB_BYTES + more + length), indexNumbers);
  }

  /** Undefined where it has been put aside. */
  get buffer(): ArrayBuffer | undefined {
    return this.#columns?.buffer;
  }

  get count(): number {
    return this.#count;
  }

  hasRoom(length: number, index: MessageIndex | undefined): boolean {
    const { bytes, numbers } = this.#columns!;
    return (
      this.#count < SLAB_ROWS &&
      this.#used + length <= bytes.length &&
      (index === undefined || this.#usedNumbers + indexSize(index) <= numbers.length)
    );
  }

  /** Returns its row. */
  add(packet: Packet, index: MessageIndex | undefined): number {
    const { rows, places, bytes } = this.#columns!;
    const row = this.#count++;
    const at = row * COLUMNS;
    const length = packet.end - packet.start;
    bytes.set(packet.bytes.subarray(packet.start, packet.end), this.#used);
    rows[at] = this.#used;
    rows[at + 1] = length;
    rows[at + 2] = packet.capture;
    rows[at + 3] = packet.ipId;
    rows[at + 4] = packet.fragments;
    rows[at + 5] = packet.cut ? 1 : 0;
    rows[at + 6] = transports.indexOf(packet.transport);
    rows[at + 7] = this.#numberOf(packet.source);
    rows[at + 8] = this.#numberOf(packet.destination);
    rows[at + 9] = index === undefined ? NO_INDEX : this.#addIndex(index);
    places[row * 2] = packet.timeMicros;
    places[row * 2 + 1] = packet.frame;
    const { captureAgent, correlationId } = packet;
    if (captureAgent !== undefined) this.#agents.set(row, { captureAgent, correlationId });
    this.#used += length;
    return row;
  }

  get(row: number): Packet {
    const { rows, places, numbers, bytes } = this.#columns!;
    const at = row * COLUMNS;
    const packet: Packet = {
      capture: rows[at + 2],
      frame: places[row * 2 + 1],
      timeMicros: places[row * 2],
      transport: transports[rows[at + 6]],
      source: this.#endpoints[rows[at + 7]],
      destination: this.#endpoints[rows[at + 8]],
      bytes,
      start: rows[at],
      end: rows[at] + rows[at + 1],
      ipId: rows[at + 3],
      fragments: rows[at + 4],
      cut: rows[at + 5] !== 0,
      index: rows[at + 9] === NO_INDEX ? undefined : { numbers, at: rows[at + 9] },
    };
    const agent = this.#agents.size === 0 ? undefined : this.#agents.get(row);
    return agent === undefined ? packet : { ...packet, ...agent };
  }

  timeOf(row: number): number {
    return this.#columns!.places[row * 2];
  }

  /** Bytes of the message. */
  lengthOf(row: number): number {
    return this.#columns!.rows[row * COLUMNS + 1];
  }

  /** True for the same length between the same two sides, which is what most packets differ in. */
  isAlike(row: number, { source, destination, start, end }: Packet): boolean {
    const { rows } = this.#columns!;
    const at = row * COLUMNS;
    return (
      rows[at + 1] === end - start &&
      this.#endpoints[rows[at + 7]] === source &&
      this.#endpoints[rows[at + 8]] === destination
    );
  }

  /** Lets go of the buffer; nothing is added any more. */
  putAside(): void {
    this.#columns = undefined;
    this.#endpointNumbers.clear();
  }

  /** With the content of the buffer that was put aside. */
  bringBack(buffer: ArrayBuffer): void {
    this.#columns = columnsIn(buffer, INDEX_NUMBERS);
  }

  #addIndex(index: MessageIndex): number {
    const at = this.#usedNumbers;
    copyIndex(index, this.#columns!.numbers, at);
    this.#usedNumbers = at + indexSize(index);
    return at;
  }

  #numberOf(endpoint: Endpoint): number {
    const known = this.#endpointNumbers.get(endpoint);
    if (known !== undefined) return known;
    this.#endpointNumbers.set(endpoint, this.#endpoints.length);
    return this.#endpoints.push(endpoint) - 1;
  }
}

function columnsIn(buffer: ArrayBuffer, indexNumbers: number): Columns {
  return {
    buffer,
    places: new Float64Array(buffer, 0, SLAB_ROWS * 2),
    rows: new Int32Array(buffer, ROWS_AT, SLAB_ROWS * COLUMNS),
    numbers: new Int32Array(buffer, NUMBERS_AT, indexNumbers),
    bytes: new Uint8Array(buffer, NUMBERS_AT + indexNumbers * Int32Array.BYTES_PER_ELEMENT),
  };
}
