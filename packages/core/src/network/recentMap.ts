/**
 * A map of at most `limit` entries that forgets what was used least recently: two generations, of which the older is dropped as a
 * whole when the younger is full. A hit in the younger costs one look-up and nothing else.
 */
export class RecentMap<Key, Value> {
  readonly #limit: number;
  readonly #onDrop: ((values: Iterable<Value>) => void) | undefined;
  #young: Map<Key, Value> = new Map();
  #old: Map<Key, Value> = new Map();

  constructor(limit: number, onDrop?: (values: Iterable<Value>) => void) {
    this.#limit = limit;
    this.#onDrop = onDrop;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined || this.#old.size === 0) return value;
    const found = this.#old.get(key);
    if (found === undefined) return undefined;
    this.#old.delete(key);
    this.set(key, found);
    return found;
  }

  set(key: Key, value: Value): void {
    if (this.#old.size > 0) this.#old.delete(key);
    this.#young.set(key, value);
    if (this.#young.size * 2 < this.#limit) return;
    const dropped = this.#old;
    this.#old = this.#young;
    this.#young = new Map();
    if (dropped.size > 0) this.#onDrop?.(dropped.values());
  }

  delete(key: Key): void {
    if (!this.#young.delete(key)) this.#old.delete(key);
  }

  *values(): Generator<Value> {
    yield* this.#old.values();
    yield* this.#young.values();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
