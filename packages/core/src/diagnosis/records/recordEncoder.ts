import type { CallRecord } from "../callRecord.ts";
import { shapeKey, shapeOf } from "./callShape.ts";

/** Records as bytes, some calls at a time. */
export interface EncodedRecords {
  /** `order` of each call. */
  readonly orders: readonly number[];
  /** Of each, the number of its shape. */
  readonly shapes: readonly number[];
  /** Shapes that were not there before, as JSON; numbered as they come, over all that one encoder gives. */
  readonly newShapes: readonly string[];
  /** How many of the bytes are each one's. */
  readonly lengths: readonly number[];
  /** JSON, one record after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A call whose shape has no number: there are too many different ones. */
export const NO_SHAPE = -1;
const MOST_SHAPES = 20_000;
const FIRST_BYTES = 64 * 1024;
/** Of UTF-8 for one UTF-16 unit. */
const MOST_BYTES_PER_UNIT = 3;
const utf8 = new TextEncoder();

/** Turns records into bytes. */
export class RecordEncoder {
  readonly #numbers: Map<string, number> = new Map();
  #orders: number[] = [];
  #shapes: number[] = [];
  #newShapes: string[] = [];
  #lengths: number[] = [];
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;

  /** Bytes that `take` would give. */
  get size(): number {
    return this.#used;
  }

  add(order: number, record: CallRecord): void {
    const text = JSON.stringify(record);
    this.#makeRoom(text.length * MOST_BYTES_PER_UNIT);
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(this.#used));
    this.#used += written;
    this.#orders.push(order);
    this.#lengths.push(written);
    this.#shapes.push(this.#shapeNumber(record));
  }

  /** What was added since the last time. */
  take(): EncodedRecords {
    const taken = {
      orders: this.#orders,
      shapes: this.#shapes,
      newShapes: this.#newShapes,
      lengths: this.#lengths,
      bytes: this.#bytes.slice(0, this.#used),
    };
    this.#orders = [];
    this.#shapes = [];
    this.#newShapes = [];
    this.#lengths = [];
    this.#used = 0;
    return taken;
  }

  #shapeNumber(record: CallRecord): number {
    const key = shapeKey(record);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST_SHAPES) return NO_SHAPE;
    this.#newShapes.push(JSON.stringify(shapeOf(record)));
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }
}
