const BUCKET_MICROS = 1_000_000;
const NOTHING: readonly never[] = [];

/** Items by the second at which to look at them again. Adding is O(1); each item is handed out once. */
export class TimeQueue<T> {
  readonly #buckets = new Map<number, T[]>();
  #lastBucket = Number.NEGATIVE_INFINITY;

  add(item: T, atMicros: number): void {
    const bucket = Math.max(Math.floor(atMicros / BUCKET_MICROS) + 1, this.#lastBucket + 1);
    const items = this.#buckets.get(bucket);
    if (items === undefined) this.#buckets.set(bucket, [item]);
    else items.push(item);
  }

  /** Takes out what is due at a time that never goes back. */
  due(nowMicros: number): readonly T[] {
    const now = Math.floor(nowMicros / BUCKET_MICROS);
    if (now <= this.#lastBucket) return NOTHING;
    const found: T[] = [];
    if (now - this.#lastBucket > this.#buckets.size) {
      for (const bucket of [...this.#buckets.keys()].sort((a, b) => a - b))
        if (bucket <= now) this.#take(bucket, found);
    } else {
      for (let bucket = this.#lastBucket + 1; bucket <= now; bucket++) this.#take(bucket, found);
    }
    this.#lastBucket = now;
    return found;
  }

  /** Takes out what nobody waits for any more. */
  forget(isGone: (item: T) => boolean): void {
    for (const [bucket, items] of this.#buckets) {
      const left = items.filter((item) => !isGone(item));
      if (left.length === 0) this.#buckets.delete(bucket);
      else this.#buckets.set(bucket, left);
    }
  }

  #take(bucket: number, found: T[]): void {
    const items = this.#buckets.get(bucket);
    if (items === undefined) return;
    this.#buckets.delete(bucket);
    for (const item of items) found.push(item);
  }
}
