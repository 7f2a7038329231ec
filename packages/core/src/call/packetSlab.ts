import type { Span } from "../bytes/span.ts";
import type { CaptureAgent } from "../network/captureAgent.ts";
import { endpointOf, inferredEndpointOf } from "../network/endpoint.ts";
import { copyIndex, indexSize, type MessageIndex } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { transports } from "../capture/transport.ts";

/** Most packets of a slab: as many as fit, unless they are tiny. */
export const SLAB_ROWS = 2048;
/** Bytes of a slab, unless it was made for a large message. */
export const SLAB_BYTES: number = 384 * 1024;
/** First in a slab is where the record of each row starts; then come the records. */
const RECORDS_AT = align((SLAB_ROWS + 1) * Int32Array.BYTES_PER_ELEMENT);

/**
 * A record is one piece, so that it is near when any of it is looked at: time and frame as floating-point numbers, these as 32-bit numbers, and then
 * the index of the message, if it has one, and its bytes.
 */
const NUMBER = {
  length: 4,
  capture: 5,
  ipId: 6,
  fragments: 7,
  flags: 8,
  transport: 9,
  source: 10,
  destination: 11,
} as const;
const INDEX_AT = 12;
/** In the number of flags. */
const CUT = 1;
const UNTIMED = 2;
const HAS_INDEX = 4;
/** What processors fetch at once. */
const LINE_BYTES = 64;

/** A buffer that holds records, as all that they are made of. */
interface Records {
  readonly buffer: ArrayBuffer;
  readonly floats: Float64Array;
  readonly numbers: Int32Array;
  readonly bytes: Uint8Array;
}

/** Records, one after the other, and where each row's starts; where the last one ends too. */
export interface SlabCopy {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Int32Array;
}

interface Agent {
  readonly captureAgent: CaptureAgent;
  readonly correlationId?: string;
}

/** Address, port, and of one that was inferred the host. */
export type PlainEndpoint = readonly [string, number, string?];

/** A slab as plain data, for another thread. */
export interface SlabParts {
  readonly buffer: ArrayBuffer;
  readonly count: number;
  readonly endpoints: readonly PlainEndpoint[];
  /** By row. */
  readonly agents: ReadonlyMap<number, Agent>;
}

/** Hundreds of packets in one buffer, each a record. */
export class PacketSlab {
  readonly #endpoints: Endpoint[] = [];
  readonly #endpointNumbers: Map<Endpoint, number> = new Map();
  /** The two of the packet before, which are most often those of the next one. */
  #lastSource = 0;
  #lastDestination = 0;
  /** Of packets that came in HEP, by row. */
  readonly #agents: Map<number, Agent> = new Map();
  /** Undefined where they have been put aside. */
  #records: Records | undefined;
  #starts: Int32Array;
  #count = 0;

  /** In a buffer of `SLAB_BYTES`, or a larger one. */
  constructor(buffer: ArrayBuffer = new ArrayBuffer(SLAB_BYTES)) {
    this.#records = recordsIn(buffer);
    this.#starts = this.#records.numbers.subarray(0, SLAB_ROWS + 1);
    this.#starts[0] = RECORDS_AT;
  }

  /** In this buffer, if it is given, or in a larger one where a record of this size has no room there. */
  static withRoom(size: number, buffer?: ArrayBuffer): PacketSlab {
    return new PacketSlab(RECORDS_AT + size <= SLAB_BYTES ? buffer : new ArrayBuffer(RECORDS_AT + size));
  }

  static of({ buffer, count, endpoints, agents }: SlabParts): PacketSlab {
    const slab = new PacketSlab(buffer);
    slab.#count = count;
    slab.#endpoints.push(...endpoints.map(endpointOfPlain));
    for (const [row, agent] of agents) slab.#agents.set(row, agent);
    return slab;
  }

  /** Nothing is added afterwards. */
  get parts(): SlabParts {
    const endpoints = this.#endpoints.map(plainEndpoint);
    return { buffer: this.#records!.buffer, count: this.#count, endpoints, agents: this.#agents };
  }

  get buffer(): ArrayBuffer | undefined {
    return this.#records?.buffer;
  }

  get count(): number {
    return this.#count;
  }

  /** For a record of so many bytes. */
  hasRoom(size: number): boolean {
    return this.#count < SLAB_ROWS && this.#starts[this.#count] + size <= this.#records!.bytes.length;
  }

  /** Returns its row. There must be room for `recordSize`. */
  add(packet: Packet, index: MessageIndex | undefined): number {
    const { floats, numbers, bytes } = this.#records!;
    const row = this.#count++;
    const start = this.#starts[row];
    const at = start >> 2;
    floats[start >> 3] = packet.timeMicros;
    floats[(start >> 3) + 1] = packet.frame;
    numbers[at + NUMBER.length] = packet.end - packet.start;
    numbers[at + NUMBER.capture] = packet.capture;
    numbers[at + NUMBER.ipId] = packet.ipId;
    numbers[at + NUMBER.fragments] = packet.fragments;
    numbers[at + NUMBER.flags] =
      (packet.cut ? CUT : 0) | (packet.untimed === true ? UNTIMED : 0) | (index === undefined ? 0 : HAS_INDEX);
    numbers[at + NUMBER.transport] = transports.indexOf(packet.transport);
    numbers[at + NUMBER.source] = this.#lastSource = this.#numberOf(packet.source);
    numbers[at + NUMBER.destination] = this.#lastDestination = this.#numberOf(packet.destination);
    if (index !== undefined) copyIndex(index, numbers, at + INDEX_AT);
    bytes.set(packet.bytes.subarray(packet.start, packet.end), (at + INDEX_AT + numbersOf(index)) << 2);
    const { captureAgent, correlationId } = packet;
    if (captureAgent !== undefined) this.#agents.set(row, { captureAgent, correlationId });
    this.#starts[row + 1] = start + recordSize(packet, index);
    return row;
  }

  /** Adds what is in a row of another slab. There must be room for it. */
  addFrom(other: PacketSlab, otherRow: number): void {
    const { numbers, bytes } = this.#records!;
    const row = this.#count++;
    const start = this.#starts[row];
    const [from, end] = [other.#starts[otherRow], other.#starts[otherRow + 1]];
    bytes.set(other.#records!.bytes.subarray(from, end), start);
    this.#starts[row + 1] = start + end - from;
    const at = start >> 2;
    const { source, destination } = NUMBER;
    numbers[at + source] = this.#lastSource = this.#numberOf(other.#endpoints[numbers[at + source]]);
    numbers[at + destination] = this.#lastDestination = this.#numberOf(other.#endpoints[numbers[at + destination]]);
    const agent = other.#agents.size === 0 ? undefined : other.#agents.get(otherRow);
    if (agent !== undefined) this.#agents.set(row, agent);
  }

  get(row: number): Packet {
    return this.#packetOf(row, this.#starts[row], this.#records!);
  }

  timeOf(row: number): number {
    return this.#records!.floats[this.#starts[row] >> 3];
  }

  /** Bytes of the record. */
  sizeOf(row: number): number {
    return this.#starts[row + 1] - this.#starts[row];
  }

  /** True for the same length between the same two sides and no other IP identification, which is what most packets differ in. */
  isAlike(row: number, { source, destination, start, end, ipId }: Packet): boolean {
    const { numbers } = this.#records!;
    const at = this.#starts[row] >> 2;
    return (
      numbers[at + NUMBER.length] === end - start &&
      (numbers[at + NUMBER.ipId] === ipId || numbers[at + NUMBER.ipId] <= 0 || ipId <= 0) &&
      this.#endpoints[numbers[at + NUMBER.source]] === source &&
      this.#endpoints[numbers[at + NUMBER.destination]] === destination
    );
  }

  /**
   * Asks for each cache line of the rows from `row` up to `end`, so that they come together: another processor has written them, and looking for one
   * text after the other would wait for each. What it returns is for nobody, but what is read for nothing would not be read.
   */
  fetch(row: number, end: number): number {
    const { bytes } = this.#records!;
    const stop = this.#starts[end];
    let all = 0;
    for (let at = this.#starts[row]; at < stop; at += LINE_BYTES) all ^= bytes[at];
    return all;
  }

  /** The records that are in use as what is to be kept elsewhere: less than `SLAB_BYTES` where no message is large. */
  copied(isInUse: (row: number) => boolean): SlabCopy {
    const starts = new Int32Array(this.#count + 1);
    for (let row = 0; row < this.#count; row++) starts[row + 1] = starts[row] + (isInUse(row) ? this.sizeOf(row) : 0);
    const bytes = new Uint8Array(starts[this.#count]);
    for (let row = 0; row < this.#count; row++) {
      const start = this.#starts[row];
      const size = starts[row + 1] - starts[row];
      bytes.set(this.#records!.bytes.subarray(start, start + size), starts[row]);
    }
    return { bytes, starts };
  }

  /** Lets go of the buffer. Nothing is added afterwards, and packets are given by `fromAside` alone. */
  putAside({ starts }: SlabCopy): void {
    this.#starts = starts;
    this.#records = undefined;
    this.#endpointNumbers.clear();
  }

  /** Where the record is in what was put aside. */
  asideAt(row: number): Span {
    return { start: this.#starts[row], end: this.#starts[row + 1] };
  }

  /** The packet of a row that was put aside, from its record, which is in a buffer of its own. */
  fromAside(row: number, { buffer }: Uint8Array<ArrayBuffer>): Packet {
    return this.#packetOf(row, 0, recordsIn(buffer));
  }

  /** `start` is where its record is. */
  #packetOf(row: number, start: number, { floats, numbers, bytes }: Records): Packet {
    const at = start >> 2;
    const flags = numbers[at + NUMBER.flags];
    const index = (flags & HAS_INDEX) === 0 ? undefined : { numbers, at: at + INDEX_AT };
    const bytesAt = (at + INDEX_AT + numbersOf(index)) << 2;
    const packet: Packet = {
      capture: numbers[at + NUMBER.capture],
      frame: floats[(start >> 3) + 1],
      timeMicros: floats[start >> 3],
      transport: transports[numbers[at + NUMBER.transport]],
      source: this.#endpoints[numbers[at + NUMBER.source]],
      destination: this.#endpoints[numbers[at + NUMBER.destination]],
      bytes,
      start: bytesAt,
      end: bytesAt + numbers[at + NUMBER.length],
      ipId: numbers[at + NUMBER.ipId],
      fragments: numbers[at + NUMBER.fragments],
      cut: (flags & CUT) !== 0,
      untimed: (flags & UNTIMED) === 0 ? undefined : true,
      index,
    };
    const agent = this.#agents.size === 0 ? undefined : this.#agents.get(row);
    return agent === undefined ? packet : { ...packet, ...agent };
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

/** Bytes that the record of a packet takes. */
export function recordSize({ start, end }: Packet, index: MessageIndex | undefined): number {
  return align(((INDEX_AT + numbersOf(index)) << 2) + end - start);
}

export function plainEndpoint({ address, port, host, inferred }: Endpoint): PlainEndpoint {
  return inferred === true ? [address, port, host] : [address, port];
}

export function endpointOfPlain([address, port, inferredHost]: PlainEndpoint): Endpoint {
  return inferredHost === undefined ? endpointOf(address, port) : inferredEndpointOf(address, port, inferredHost);
}

function numbersOf(index: MessageIndex | undefined): number {
  return index === undefined ? 0 : indexSize(index);
}

/** The next multiple of what a floating-point number takes. */
function align(bytes: number): number {
  return (bytes + 7) & ~7;
}

function recordsIn(buffer: ArrayBuffer): Records {
  return {
    buffer,
    floats: new Float64Array(buffer),
    numbers: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}
