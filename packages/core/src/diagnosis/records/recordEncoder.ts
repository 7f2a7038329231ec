import type { CallRecord } from "../callRecord.ts";
import type { Judgement } from "../recordCall.ts";
import { type CallShape, shapeKey } from "./callShape.ts";

/** Records as bytes, some calls at a time. */
export interface EncodedRecords {
  /** `order` of each call. */
  readonly orders: readonly number[];
  /** Of each, the number of its shape. */
  readonly shapes: readonly number[];
  /** Shapes that were not there before, as JSON; numbered as they come, over all that one encoder gives. */
  readonly newShapes: readonly string[];
  /** How many of the bytes are each one's; none where only the shape was kept. */
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
  readonly #toldAlike: number;
  /** Of each shape, the orders of the calls that were the first to begin, as many as are told. */
  readonly #firstOrders: number[][] = [];
  readonly #numbers: Map<string, number> = new Map();
  #orders: number[] = [];
  #shapes: number[] = [];
  #newShapes: string[] = [];
  #lengths: number[] = [];
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;

  /** @param toldAlike of how many calls of one shape the record is kept: those that were the first to begin */
  constructor(toldAlike: number = Number.POSITIVE_INFINITY) {
    this.#toldAlike = toldAlike;
  }

  /** Bytes that `take` would give. */
  get size(): number {
    return this.#used;
  }

  add(order: number, judgement: Judgement): void {
    const shape = this.#shapeNumber(judgement.shape);
    this.#orders.push(order);
    this.#shapes.push(shape);
    this.#lengths.push(this.#isTold(order, shape) ? this.#write(judgement.record()) : 0);
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

  /** True where not as many of its shape began before it. Calls end in another order than they began. */
  #isTold(order: number, shape: number): boolean {
    if (shape === NO_SHAPE || this.#toldAlike === Number.POSITIVE_INFINITY) return true;
    const orders = (this.#firstOrders[shape] ??= []);
    if (orders.length >= this.#toldAlike && order > orders[orders.length - 1]) return false;
    const at = orders.findIndex((other) => other > order);
    orders.splice(at < 0 ? orders.length : at, 0, order);
    if (orders.length > this.#toldAlike) orders.pop();
    return true;
  }

  /** Returns how many bytes it took. */
  #write(record: CallRecord): number {
    const text = JSON.stringify(record);
    this.#makeRoom(text.length * MOST_BYTES_PER_UNIT);
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(this.#used));
    this.#used += written;
    return written;
  }

  #shapeNumber(shape: CallShape): number {
    const key = shapeKey(shape);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST_SHAPES) return NO_SHAPE;
    this.#newShapes.push(JSON.stringify(shape));
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
