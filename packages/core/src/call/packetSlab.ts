import type { Span } from "../bytes/span.ts";
import type { CaptureAgent } from "../network/captureAgent.ts";
import { copyIndex, indexSize, type MessageIndex } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { transports } from "../network/transports.ts";

export const SLAB_ROWS = 512;
/** Bytes of messages, and numbers of their indices, unless one message has more. */
const MESSAGE_BYTES = 256 * 1024;
const INDEX_NUMBERS = 17 * 1024;
/** Numbers of a row: offset, length, capture, IP identification, fragments, flags, transport, source, destination, place of the index. */
const COLUMNS = 10;
const INDEX_COLUMN = 9;
const NO_INDEX = -1;
/** Flags of a row. */
const CUT = 1;
const UNTIMED = 2;
const NO_NUMBERS = new Int32Array(0);
const ROWS_AT = SLAB_ROWS * 2 * Float64Array.BYTES_PER_ELEMENT;
const NUMBERS_AT = ROWS_AT + SLAB_ROWS * COLUMNS * Int32Array.BYTES_PER_ELEMENT;
/** Bytes of a slab, unless it was made for a large message. */
export const SLAB_BYTES: number = NUMBERS_AT + INDEX_NUMBERS * Int32Array.BYTES_PER_ELEMENT + MESSAGE_BYTES;

/** Of a packet that was put aside: time and frame come first, then its row, its index, its bytes. */
const ROW_ASIDE_AT = 2 * Float64Array.BYTES_PER_ELEMENT;
const INDEX_ASIDE_AT = ROW_ASIDE_AT + COLUMNS * Int32Array.BYTES_PER_ELEMENT;

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

/** The packets of a slab, each in one piece, and where each begins; where the last one ends too. */
export interface SlabCopy {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Int32Array;
}

interface Agent {
  readonly captureAgent: CaptureAgent;
  readonly correlationId?: string;
}

/** Some hundred packets in one buffer: the bytes of the messages, and all else in columns. */
export class PacketSlab {
  readonly #endpoints: Endpoint[] = [];
  readonly #endpointNumbers: Map<Endpoint, number> = new Map();
  /** The two of the packet before, which are most often those of the next one. */
  #lastSource = 0;
  #lastDestination = 0;
  /** Of packets that came in HEP, by row. */
  readonly #agents: Map<number, Agent> = new Map();
  /** Undefined where they have been put aside. */
  #columns: Columns | undefined;
  #asideAt: Int32Array = NO_NUMBERS;
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
    rows[at + 5] = (packet.cut ? CUT : 0) | (packet.untimed === true ? UNTIMED : 0);
    rows[at + 6] = transports.indexOf(packet.transport);
    rows[at + 7] = this.#lastSource = this.#numberOf(packet.source);
    rows[at + 8] = this.#lastDestination = this.#numberOf(packet.destination);
    rows[at + INDEX_COLUMN] = index === undefined ? NO_INDEX : this.#addIndex(index);
    places[row * 2] = packet.timeMicros;
    places[row * 2 + 1] = packet.frame;
    const { captureAgent, correlationId } = packet;
    if (captureAgent !== undefined) this.#agents.set(row, { captureAgent, correlationId });
    this.#used += length;
    return row;
  }

  get(row: number): Packet {
    return this.#packetOf(row, row, this.#columns!);
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

  /** The rows that are in use as what is to be kept elsewhere: at most `SLAB_BYTES` where no message is large. */
  copied(isInUse: (row: number) => boolean): SlabCopy {
    const bytes = new Uint8Array(SLAB_BYTES);
    const starts = new Int32Array(this.#count + 1);
    for (let row = 0; row < this.#count; row++) {
      starts[row + 1] = isInUse(row) ? this.#copyRow(row, bytes, starts[row]) : starts[row];
    }
    return { bytes: bytes.subarray(0, starts[this.#count]), starts };
  }

  /** Lets go of the buffer. Nothing is added afterwards, and packets are given by `fromAside` alone. */
  putAside({ starts }: SlabCopy): void {
    this.#asideAt = starts;
    this.#columns = undefined;
    this.#endpointNumbers.clear();
  }

  /** Where the packet is in what was put aside. */
  asideAt(row: number): Span {
    return { start: this.#asideAt[row], end: this.#asideAt[row + 1] };
  }

  /** The packet of a row that was put aside, from its piece, which is in a buffer of its own. */
  fromAside(row: number, { buffer }: Uint8Array<ArrayBuffer>): Packet {
    const rows = new Int32Array(buffer, ROW_ASIDE_AT, COLUMNS);
    const bytesAt = buffer.byteLength - rows[1];
    const numberCount = (bytesAt - INDEX_ASIDE_AT) / Int32Array.BYTES_PER_ELEMENT;
    return this.#packetOf(row, 0, {
      buffer,
      places: new Float64Array(buffer, 0, 2),
      rows,
      numbers: new Int32Array(buffer, INDEX_ASIDE_AT, numberCount),
      bytes: new Uint8Array(buffer, bytesAt),
    });
  }

  /** A slab of one row. Returns where it ends. */
  #copyRow(row: number, into: Uint8Array, at: number): number {
    const { places, rows, numbers, bytes } = this.#columns!;
    const own = rows.slice(row * COLUMNS, (row + 1) * COLUMNS);
    const [start, length] = own;
    const index = own[INDEX_COLUMN];
    own[0] = 0;
    if (index !== NO_INDEX) own[INDEX_COLUMN] = 0;
    const pieces = [
      places.subarray(row * 2, row * 2 + 2),
      own,
      index === NO_INDEX ? NO_NUMBERS : numbers.subarray(index, index + indexSize({ numbers, at: index })),
      bytes.subarray(start, start + length),
    ];
    let end = at;
    for (const { buffer, byteOffset, byteLength } of pieces) {
      into.set(new Uint8Array(buffer, byteOffset, byteLength), end);
      end += byteLength;
    }
    return end;
  }

  /** `row` is that of the packet here, `place` its row in the columns. */
  #packetOf(row: number, place: number, { rows, places, numbers, bytes }: Columns): Packet {
    const at = place * COLUMNS;
    const index = rows[at + INDEX_COLUMN];
    const packet: Packet = {
      capture: rows[at + 2],
      frame: places[place * 2 + 1],
      timeMicros: places[place * 2],
      transport: transports[rows[at + 6]],
      source: this.#endpoints[rows[at + 7]],
      destination: this.#endpoints[rows[at + 8]],
      bytes,
      start: rows[at],
      end: rows[at] + rows[at + 1],
      ipId: rows[at + 3],
      fragments: rows[at + 4],
      cut: (rows[at + 5] & CUT) !== 0,
      untimed: (rows[at + 5] & UNTIMED) === 0 ? undefined : true,
      index: index === NO_INDEX ? undefined : { numbers, at: index },
    };
    const agent = this.#agents.size === 0 ? undefined : this.#agents.get(row);
    return agent === undefined ? packet : { ...packet, ...agent };
  }

  #addIndex(index: MessageIndex): number {
    const at = this.#usedNumbers;
    copyIndex(index, this.#columns!.numbers, at);
    this.#usedNumbers = at + indexSize(index);
    return at;
  }

  #numberOf(endpoint: Endpoint): number {
    if (this.#endpoints[this.#lastSource] === endpoint) return this.#lastSource;
    if (this.#endpoints[this.#lastDestination] === endpoint) return this.#lastDestination;
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
