import { freeBuffer } from "../bytes/freeBuffer.ts";
import type { Space } from "../bytes/space.ts";
import type { MessageIndex } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import { PacketSlab, recordSize, SLAB_BYTES, SLAB_ROWS } from "./packetSlab.ts";

/** What a packet costs beside its record, in lists. */
const ROW_BYTES = 48;
/** Buffers that are kept to be used again. */
const MOST_SPARE = 8;
/** What slabs in memory may hold of packets that are not in use any more before the others are moved together. */
const SLACK_BYTES = 4 * 1024 * 1024;
/** Bytes of packets in memory, where there is a space for the others; and what of them stays when some are put aside. */
const MEMORY_BYTES = 32 * 1024 * 1024;
const STAYING = 0.75;
const MOST_SPACE_BYTES = 8 * 1024 * 1024 * 1024;

/** Where a packet is: its slab and its row there, as one number. */
export type PacketRef = number;

interface Entry {
  readonly slab: PacketSlab;
  /** Of each row that is in use the list that has its reference. Empty once the slab was put aside: it is not moved then. */
  readonly owners: (PacketRef[] | undefined)[];
  /** Where in that list. */
  readonly positions: number[];
  /** Rows that are in use, and the bytes of these and of the others. */
  live: number;
  liveBytes: number;
  deadBytes: number;
  /** Where it is in the space; -1 where it is in memory alone. */
  offset: number;
}

/**
 * Keeps the packets of open calls. They are copied out of the read buffers into slabs, which are used again when none of their packets is in
 * use any more. Where there is a space, the oldest go there: calls that last are kept for hours and hardly looked at until they end.
 */
export class PacketStore {
  readonly #space: Space | undefined;
  readonly #memoryBytes: number;
  readonly #entries: (Entry | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #spare: ArrayBuffer[] = [];
  /** Numbers of the slabs in memory, the oldest first; the last one is being filled. */
  #inMemory: number[] = [];
  readonly #freeOffsets: number[] = [];
  #current: Entry;
  #currentNumber = -1;
  #spaceBytes = 0;
  #liveBytes = 0;
  #deadBytes = 0;
  #isSpaceFull = false;
  #isGathering = false;

  constructor(space?: Space, memoryBytes: number = MEMORY_BYTES) {
    this.#space = space;
    this.#memoryBytes = memoryBytes;
    this.#current = this.#begin(new PacketSlab());
  }

  /** Bytes of the packets in memory. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Appends its reference to `owner`, which must not lose it before it is released. `index` is given where the message has been looked at. */
  add(packet: Packet, owner: PacketRef[], index: MessageIndex | undefined = packet.index): void {
    owner.push(this.#put(packet, index, owner, owner.length));
  }

  /** The packet, valid until it is released or another one is added. */
  get(ref: PacketRef): Packet {
    const { slab, offset } = this.#entryOf(ref);
    const row = ref % SLAB_ROWS;
    if (offset < 0) return slab.get(row);
    const { start, end } = slab.asideAt(row);
    return slab.fromAside(row, this.#space!.read(offset + start, end - start));
  }

  /** Copies the packet into the slab that `slabFor` gives, with room for a record of so many bytes. */
  copy(ref: PacketRef, slabFor: (size: number) => PacketSlab): void {
    const { slab, offset } = this.#entryOf(ref);
    const row = ref % SLAB_ROWS;
    if (offset < 0) return slabFor(slab.sizeOf(row)).addFrom(slab, row);
    const packet = this.get(ref);
    slabFor(recordSize(packet, packet.index)).add(packet, packet.index);
  }

  timeOf(ref: PacketRef): number {
    const { slab, offset } = this.#entryOf(ref);
    return offset < 0 ? slab.timeOf(ref % SLAB_ROWS) : this.get(ref).timeMicros;
  }

  /** True for the same length between the same two sides and no other IP identification. What was put aside is too old to be alike. */
  isAlike(ref: PacketRef, packet: Packet): boolean {
    const { slab, offset } = this.#entryOf(ref);
    return offset < 0 && slab.isAlike(ref % SLAB_ROWS, packet);
  }

  release(ref: PacketRef): void {
    const entry = this.#entryOf(ref);
    const row = ref % SLAB_ROWS;
    entry.live--;
    if (entry.offset < 0) {
      const bytes = entry.slab.sizeOf(row) + ROW_BYTES;
      entry.owners[row] = undefined;
      this.#count(entry, -bytes, bytes);
    }
    if (entry.live === 0 && entry !== this.#current) this.#end(Math.floor(ref / SLAB_ROWS), entry);
  }

  #put(packet: Packet, index: MessageIndex | undefined, owner: PacketRef[], position: number): PacketRef {
    const size = recordSize(packet, index);
    if (!this.#current.slab.hasRoom(size)) this.#open(size);
    const entry = this.#current;
    const row = entry.slab.add(packet, index);
    entry.owners[row] = owner;
    entry.positions[row] = position;
    entry.live++;
    this.#count(entry, size + ROW_BYTES, 0);
    return this.#currentNumber * SLAB_ROWS + row;
  }

  #count(entry: Entry, liveBytes: number, deadBytes: number): void {
    entry.liveBytes += liveBytes;
    entry.deadBytes += deadBytes;
    this.#liveBytes += liveBytes;
    this.#deadBytes += deadBytes;
  }

  /** Subtracts: a negated 0 is a floating-point number, and to add one has all that is compiled for whole numbers compiled again. */
  #discount(entry: Entry): void {
    this.#liveBytes -= entry.liveBytes;
    this.#deadBytes -= entry.deadBytes;
    entry.liveBytes = entry.deadBytes = 0;
  }

  #entryOf(ref: PacketRef): Entry {
    return this.#entries[Math.floor(ref / SLAB_ROWS)]!;
  }

  /** A slab with room for a record of this size, after those in memory were put in order. */
  #open(size: number): void {
    if (!this.#isGathering) {
      if (this.#deadBytes > SLACK_BYTES + this.#liveBytes / 4) this.#gather();
      if (this.#liveBytes > this.#memoryBytes) this.#putAside();
      if (this.#current.slab.hasRoom(size)) return;
    }
    const [before, number] = [this.#current, this.#currentNumber];
    this.#current = this.#begin(PacketSlab.withRoom(size, this.#spare.pop()));
    if (before.live === 0) this.#end(number, before);
  }

  #begin(slab: PacketSlab): Entry {
    const entry = { slab, owners: [], positions: [], live: 0, liveBytes: 0, deadBytes: 0, offset: -1 };
    this.#currentNumber = this.#free.pop() ?? this.#entries.length;
    this.#entries[this.#currentNumber] = entry;
    this.#inMemory.push(this.#currentNumber);
    return entry;
  }

  /** Long calls hold slabs of which they use little: the packets that are in use are moved together, of those with the least in use first. */
  #gather(): void {
    const wanted = this.#deadBytes / 2;
    const sparse = this.#inMemory.toSorted((a, b) => this.#entries[b]!.deadBytes - this.#entries[a]!.deadBytes);
    const before = this.#inMemory;
    const moved = new Set<number>();
    this.#isGathering = true;
    this.#inMemory = [];
    this.#current = this.#begin(new PacketSlab(this.#spare.pop()));
    for (const number of sparse) {
      const entry = this.#entries[number]!;
      if (entry.live > 0 && this.#deadBytes <= wanted) continue;
      this.#move(entry);
      this.#forget(number);
      moved.add(number);
    }
    this.#isGathering = false;
    // What was moved is of long calls. The last one is being filled.
    const current = this.#inMemory.pop()!;
    this.#inMemory.push(...before.filter((number) => !moved.has(number)), current);
  }

  #move({ slab, owners, positions }: Entry): void {
    for (let row = 0; row < slab.count; row++) {
      const owner = owners[row];
      if (owner === undefined) continue;
      const packet = slab.get(row);
      owner[positions[row]] = this.#put(packet, packet.index, owner, positions[row]);
    }
  }

  /** The oldest slabs go to the space. */
  #putAside(): void {
    const oldest = this.#inMemory.filter((number) => this.#entries[number]?.slab.buffer?.byteLength === SLAB_BYTES);
    for (const number of oldest) {
      if (this.#liveBytes <= this.#memoryBytes * STAYING || number === this.#currentNumber) return;
      if (!this.#writeAside(number, this.#entries[number]!)) return;
    }
  }

  #writeAside(number: number, entry: Entry): boolean {
    const { slab } = entry;
    const buffer = slab.buffer;
    if (this.#space === undefined || buffer === undefined || this.#isSpaceFull) return false;
    const offset = this.#freeOffsets.pop() ?? this.#spaceBytes;
    const copy = slab.copied((row) => entry.owners[row] !== undefined);
    if (offset >= MOST_SPACE_BYTES || !this.#space.write(offset, copy.bytes)) {
      this.#isSpaceFull = true;
      return false;
    }
    freeBuffer(copy.bytes.buffer);
    this.#spaceBytes = Math.max(this.#spaceBytes, offset + SLAB_BYTES);
    entry.offset = offset;
    entry.owners.length = entry.positions.length = 0;
    this.#discount(entry);
    this.#inMemory.splice(this.#inMemory.indexOf(number), 1);
    slab.putAside(copy);
    this.#useAgain(buffer);
    return true;
  }

  /** None of its packets is in use any more. */
  #end(number: number, entry: Entry): void {
    if (entry.offset >= 0) this.#freeOffsets.push(entry.offset);
    else this.#inMemory.splice(this.#inMemory.indexOf(number), 1);
    this.#forget(number);
  }

  #forget(number: number): void {
    const entry = this.#entries[number]!;
    this.#discount(entry);
    this.#entries[number] = undefined;
    this.#free.push(number);
    if (entry.slab.buffer !== undefined) this.#useAgain(entry.slab.buffer);
  }

  #useAgain(buffer: ArrayBuffer): void {
    if (buffer.byteLength === SLAB_BYTES && this.#spare.length < MOST_SPARE) this.#spare.push(buffer);
    else freeBuffer(buffer);
  }
}

/** The packets of one Call-ID in order of time, as long as they are kept. */
export class StoredPackets {
  readonly #store: PacketStore;
  readonly #refs: readonly PacketRef[];

  constructor(store: PacketStore, refs: readonly PacketRef[]) {
    this.#store = store;
    this.#refs = refs;
  }

  get count(): number {
    return this.#refs.length;
  }

  packets(): Packet[] {
    return this.#refs.map((ref) => this.#store.get(ref));
  }

  /** Copies each into the slab that `slabFor` gives for it. */
  copy(slabFor: (size: number) => PacketSlab): void {
    for (const ref of this.#refs) this.#store.copy(ref, slabFor);
  }
}
