/** Numbers that follow from a seed: the same inputs for the same seed. sfc32, by Chris Doty-Humphrey, in the public domain. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.imul(seed, 0x9e3779b1);
    this.#c = seed ^ 0x2545f491;
    for (let i = 0; i < 16; i++) this.#next();
  }

  /** A whole number from 0 to below `limit`; 0 where that leaves none. */
  below(limit: number): number {
    return limit <= 1 ? 0 : this.#next() % limit;
  }

  /** From `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  isOneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** Small far more often than large: half of all are 1, a quarter 2 … */
  few(most: number): number {
    let count = 1;
    while (count < most && this.isOneIn(2)) count++;
    return count;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}
