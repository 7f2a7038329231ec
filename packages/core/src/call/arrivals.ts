import type { Endpoint, Packet } from "../network/packet.ts";

/** Entries remembered per host, and hosts. */
const MAX_PER_HOST = 64;
const MAX_HOSTS = 10_000;
const NOTHING: readonly never[] = [];

/** What has arrived at each host and is still open; the rest is swept out now and then. */
export class Arrivals<Entry> {
  readonly #sweepMicros: number;
  readonly #isOpen: (entry: Entry, nowMicros: number) => boolean;
  readonly #byHost: Map<string, Entry[]> = new Map();
  #sweptMicros = Number.NEGATIVE_INFINITY;

  /** @param sweepMicros how long what is not open any more may stay */
  constructor(sweepMicros: number, isOpen: (entry: Entry, nowMicros: number) => boolean) {
    this.#sweepMicros = sweepMicros;
    this.#isOpen = isOpen;
  }

  /** What arrived at its destination. */
  add({ destination: { host }, timeMicros }: Packet, entry: Entry): void {
    if (timeMicros - this.#sweptMicros > this.#sweepMicros) this.#sweep(timeMicros);
    const known = this.#byHost.get(host);
    if (known !== undefined) {
      if (known.length >= MAX_PER_HOST) known.shift();
      known.push(entry);
    } else if (this.#byHost.size < MAX_HOSTS) this.#byHost.set(host, [entry]);
  }

  /** The earliest first. */
  at({ host }: Endpoint): readonly Entry[] {
    return this.#byHost.get(host) ?? NOTHING;
  }

  remove({ host }: Endpoint, isGone: (entry: Entry) => boolean): void {
    const known = this.#byHost.get(host);
    if (known === undefined) return;
    for (let i = known.length - 1; i >= 0; i--) if (isGone(known[i])) known.splice(i, 1);
    if (known.length === 0) this.#byHost.delete(host);
  }

  #sweep(nowMicros: number): void {
    this.#sweptMicros = nowMicros;
    for (const [host, entries] of this.#byHost) {
      if (this.#isOpen(entries[entries.length - 1], nowMicros)) continue;
      const open = entries.filter((entry) => this.#isOpen(entry, nowMicros));
      if (open.length === 0) this.#byHost.delete(host);
      else this.#byHost.set(host, open);
    }
  }
}
