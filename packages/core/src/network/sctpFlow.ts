import type { Endpoint, Sides } from "./packet.ts";

/** Flags of a DATA chunk: it has the end of the message, or the beginning. RFC 9260 §3.3.1 */
export const LAST = 1;
export const FIRST = 2;

/** A DATA chunk that is a part of a message. */
export interface SctpPiece {
  readonly frame: number;
  readonly timeMicros: number;
  readonly ipId: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly flags: number;
  /** A copy, so that no whole read buffer is kept alive while it waits. */
  readonly bytes: Uint8Array;
  /** The capture does not have all of it. */
  readonly cut: boolean;
}

/** Transmission sequence numbers that are remembered behind the highest, to know what is sent again. */
const WINDOW = 1024;

/** One direction of an association. Sequence numbers are compared modulo 2^32. RFC 9260 §1.6 */
export class SctpFlow {
  /** When it began to wait for the rest of a message. */
  sinceMicros = 0;
  /** Its sides as they set the association up, where that was seen: each may send from other addresses, and to others. RFC 9260 §6.4 */
  sides: Sides | undefined;
  pieceBytes = 0;
  readonly #pieces: Map<number, SctpPiece> = new Map();
  /** One bit for each number of the window, at the number modulo its size. */
  readonly #seen: Uint32Array = new Uint32Array(WINDOW / 32);
  /** The other direction, where it was seen how they were set up. */
  back: SctpFlow | undefined;
  /** One side has begun to end the association. */
  isClosing = false;
  #highest = -1;
  #timesAgain = 0;
  #againTsn = -1;
  #againMicros = 0;
  #latestIpId = -1;
  #latestMicros = 0;

  /** Nothing was sent in this direction, and that is known. */
  get saidNothing(): boolean {
    return this.sides !== undefined && this.#highest < 0;
  }

  /** When the latest chunk was sent that was new. */
  get latestMicros(): number {
    return this.#latestMicros;
  }

  get pieces(): number {
    return this.#pieces.size;
  }

  /** True where the number was not seen before. */
  see(tsn: number): boolean {
    const ahead = this.#highest < 0 ? WINDOW : (tsn - this.#highest) | 0;
    // Far off in either direction: nothing is known of the numbers around it.
    if (ahead >= WINDOW || ahead <= -WINDOW) this.#seen.fill(0);
    else for (let i = 1; i <= ahead; i++) this.#mark((this.#highest + i) >>> 0, false);
    if (ahead > 0 || ahead <= -WINDOW) this.#highest = tsn;
    const isNew = (this.#seen[(tsn & (WINDOW - 1)) >> 5] & (1 << (tsn & 31))) === 0;
    this.#mark(tsn, true);
    return isNew;
  }

  /** True where a chunk that comes again is in the same packet as the latest that was new: then it was captured twice. */
  isSamePacket(ipId: number, timeMicros: number, withinMicros: number): boolean {
    return ipId > 0 && ipId === this.#latestIpId && Math.abs(timeMicros - this.#latestMicros) <= withinMicros;
  }

  /** How often the first chunk of a packet was sent again by now, without a new one in between. */
  countAgain(tsn: number, timeMicros: number, repeatMicros: number): number {
    const sinceMicros = this.#timesAgain === 0 ? this.#latestMicros : this.#againMicros;
    // A repetition is captured twice as well.
    if (Math.abs(timeMicros - sinceMicros) <= repeatMicros) return 0;
    this.#timesAgain = tsn === this.#againTsn ? this.#timesAgain + 1 : 1;
    this.#againTsn = tsn;
    this.#againMicros = timeMicros;
    return this.#timesAgain;
  }

  remember(ipId: number, timeMicros: number): void {
    this.#timesAgain = 0;
    this.#latestIpId = ipId;
    this.#latestMicros = timeMicros;
  }

  /** Takes a piece; gives all pieces of its message, in order, if it was the last that was missing. */
  add(tsn: number, piece: SctpPiece): readonly SctpPiece[] | undefined {
    if (this.#pieces.size === 0) this.sinceMicros = piece.timeMicros;
    this.#pieces.set(tsn, piece);
    this.pieceBytes += piece.bytes.length;
    let first = tsn;
    while (((this.#pieces.get(first)?.flags ?? FIRST) & FIRST) === 0) first = (first - 1) >>> 0;
    const run = this.#run(first);
    if (run.length === 0 || (run[run.length - 1].flags & LAST) === 0) return undefined;
    for (let i = 0; i < run.length; i++) this.#pieces.delete((first + i) >>> 0);
    for (const { bytes } of run) this.pieceBytes -= bytes.length;
    return run;
  }

  /** The beginnings of messages whose rest never came; nothing is waited for any more. */
  giveUp(): readonly (readonly SctpPiece[])[] {
    const starts = [...this.#pieces].filter(([, { flags }]) => (flags & FIRST) !== 0);
    const beginnings = starts.map(([tsn]) => this.#run(tsn));
    this.#pieces.clear();
    this.pieceBytes = 0;
    return beginnings;
  }

  /** The pieces from the first of a message on, as far as they have come without a gap, to its last. */
  #run(first: number): SctpPiece[] {
    const run: SctpPiece[] = [];
    for (let tsn = first; ; tsn = (tsn + 1) >>> 0) {
      const piece = this.#pieces.get(tsn);
      if (piece === undefined || ((piece.flags & FIRST) !== 0) !== (run.length === 0)) return run;
      run.push(piece);
      if ((piece.flags & LAST) !== 0) return run;
    }
  }

  #mark(tsn: number, isSeen: boolean): void {
    const word = (tsn & (WINDOW - 1)) >> 5;
    if (isSeen) this.#seen[word] |= 1 << (tsn & 31);
    else this.#seen[word] &= ~(1 << (tsn & 31));
  }
}
