import type { Language } from "../../language/language.ts";
import type { CallRecord } from "../callRecord.ts";
import type { CallReport } from "../report.ts";
import { tellCall } from "../tellCall.ts";
import { type CallShape, shapeOf } from "./callShape.ts";
import { type EncodedRecords, NO_SHAPE } from "./recordEncoder.ts";
import { RecordedCall } from "./recordedCall.ts";
import { freeBuffer } from "../../bytes/freeBuffer.ts";
import type { Space } from "../../bytes/space.ts";

/** Bytes of records that stay in memory where there is a space for the others. */
const MEMORY_BYTES = 8 * 1024 * 1024;
/** Chunks that were read again and are kept for the next record. */
const MOST_READ = 32;
/** Records that were decoded last: a view asks for one part after the other. */
const MOST_DECODED = 64;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Numbers for each record: `order`, number of its shape, its chunk, where it is in it, how long it is. */
const COLUMNS = 5;

interface Chunk {
  /** Undefined where it is in the space. */
  bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly length: number;
  /** In the space. */
  offset: number;
}

/**
 * The calls that were judged, as bytes: a million of them as objects would not fit. A view asks for the few that it tells, by way of
 * `RecordedCall`, and gets along with their shapes for the others.
 */
export class RecordBook {
  readonly #space: Space | undefined;
  readonly #mostInMemory: number;
  readonly #shapes: CallShape[] = [];
  readonly #chunks: Chunk[] = [];
  readonly #read: Map<number, Uint8Array> = new Map();
  readonly #decoded: Map<number, CallRecord> = new Map();
  #columns: Int32Array = new Int32Array(COLUMNS * 1024);
  #count = 0;
  #memoryBytes = 0;
  #spaceBytes = 0;
  #firstInMemory = 0;
  #isFull = false;

  constructor(space?: Space, memoryBytes: number = MEMORY_BYTES) {
    this.#space = space;
    this.#mostInMemory = memoryBytes;
  }

  /** How many calls there are: the index of the next one. */
  get size(): number {
    return this.#count;
  }

  add({ orders, shapes, newShapes, lengths, bytes }: EncodedRecords): void {
    for (const shape of newShapes) this.#shapes.push(JSON.parse(shape) as CallShape);
    let start = 0;
    for (const [index, order] of orders.entries()) {
      this.#put(order, shapes[index], this.#chunks.length, start, lengths[index]);
      start += lengths[index];
    }
    this.#chunks.push({ bytes, length: bytes.length, offset: 0 });
    this.#memoryBytes += bytes.length;
    if (this.#memoryBytes > this.#mostInMemory) this.#spill();
  }

  /** All calls, in the order in which they began, each read when somebody asks for it. */
  calls(language: Language): CallReport[] {
    const calls = { records: this, indices: this.#inOrder(), language };
    return Array.from(calls.indices, (_index, rank) => new RecordedCall(calls, rank));
  }

  /** The same as plain objects. */
  told(language: Language): CallReport[] {
    return Array.from(this.#inOrder(), (index, rank) => tellCall(this.#decode(index), String(rank + 1), language));
  }

  orderOf(index: number): number {
    return this.#columns[index * COLUMNS];
  }

  shape(index: number): CallShape {
    const number = this.#columns[index * COLUMNS + 1];
    return number === NO_SHAPE ? shapeOf(this.record(index)) : this.#shapes[number];
  }

  record(index: number): CallRecord {
    const known = this.#decoded.get(index);
    if (known !== undefined) return known;
    const record = this.#decode(index);
    if (this.#decoded.size >= MOST_DECODED) this.#decoded.clear();
    this.#decoded.set(index, record);
    return record;
  }

  #inOrder(): Int32Array {
    let last = -1;
    for (let index = 0; index < this.#count; index++) last = Math.max(last, this.orderOf(index));
    const byOrder = new Int32Array(last + 1).fill(-1);
    for (let index = 0; index < this.#count; index++) byOrder[this.orderOf(index)] = index;
    return byOrder.filter((index) => index >= 0);
  }

  #decode(index: number): CallRecord {
    const at = index * COLUMNS;
    if (this.#columns[at + 4] === 0) throw new TypeError("only its shape was kept: analyze with a larger toldAlike");
    const bytes = this.#bytesOf(this.#columns[at + 2]);
    const start = this.#columns[at + 3];
    return JSON.parse(utf8.decode(bytes.subarray(start, start + this.#columns[at + 4]))) as CallRecord;
  }

  #bytesOf(number: number): Uint8Array {
    const { bytes, offset, length } = this.#chunks[number];
    const known = bytes ?? this.#read.get(number);
    if (known !== undefined) return known;
    const read = this.#space!.read(offset, length);
    if (this.#read.size >= MOST_READ) this.#read.clear();
    this.#read.set(number, read);
    return read;
  }

  #put(order: number, shape: number, chunk: number, start: number, length: number): void {
    const at = this.#count++ * COLUMNS;
    if (at === this.#columns.length) {
      const grown = new Int32Array(this.#columns.length * 2);
      grown.set(this.#columns);
      this.#columns = grown;
    }
    this.#columns.set([order, shape, chunk, start, length], at);
  }

  #spill(): void {
    if (this.#space === undefined || this.#isFull) return;
    for (; this.#firstInMemory < this.#chunks.length; this.#firstInMemory++) {
      const chunk = this.#chunks[this.#firstInMemory];
      const { bytes } = chunk;
      if (bytes === undefined || !this.#space.write(this.#spaceBytes, bytes)) {
        this.#isFull = true;
        return;
      }
      chunk.offset = this.#spaceBytes;
      chunk.bytes = undefined;
      freeBuffer(bytes.buffer);
      this.#spaceBytes += chunk.length;
      this.#memoryBytes -= chunk.length;
    }
  }
}
