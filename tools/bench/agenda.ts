/** What happens next: items taken in order of their time, then of their arrival. A binary heap. */
export class Agenda<Item extends { timeMicros: number; readonly order: number }> {
  readonly #items: Item[] = [];

  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, this.#items[parent])) break;
      this.#items[at] = this.#items[parent];
      at = parent;
    }
    this.#items[at] = item;
  }

  removeFirst(): void {
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
  }

  /** To be called after the first item was given a later time. */
  firstHasMoved(): void {
    const first = this.first;
    if (first !== undefined) this.#sink(first);
  }

  #sink(item: Item): void {
    const items = this.#items;
    let at = 0;
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && isBefore(items[child + 1], items[child])) child++;
      if (!isBefore(items[child], item)) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = item;
  }
}

function isBefore(a: { timeMicros: number; order: number }, b: { timeMicros: number; order: number }): boolean {
  return a.timeMicros < b.timeMicros || (a.timeMicros === b.timeMicros && a.order < b.order);
}
