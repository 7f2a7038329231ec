import { HEP3_HEADER_LENGTH, hep3Length, isHep3 } from "../capture/hep.ts";
import type { StreamReader } from "./streamReader.ts";
import { UnreadBytes } from "./unreadBytes.ts";

/** Frames HEPv3 packets out of a stream by the length they announce. After a hole it begins where a segment begins with one. */
export class HepStream implements StreamReader {
  confirmed = false;
  done = false;
  readonly isInMessage = false;
  readonly #onPacket: (bytes: Uint8Array, start: number, end: number) => void;
  /** The beginning of a packet; 64 KiB is the longest that can be announced. */
  readonly #unread: UnreadBytes = new UnreadBytes();

  constructor(onPacket: (bytes: Uint8Array, start: number, end: number) => void) {
    this.#onPacket = onPacket;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const unread = this.#unread;
    if (unread.isEmpty) {
      unread.append(bytes, this.#read(bytes, start, end), end);
      return;
    }
    unread.append(bytes, start, end);
    unread.start = this.#read(unread.bytes, unread.start, unread.end);
    if (unread.isEmpty) unread.forget();
  }

  gap(): void {
    this.#unread.forget();
  }

  giveUp(): void {}

  close(): void {
    this.gap();
  }

  /** Gives the offset of the first byte that must come again with more behind it. */
  #read(bytes: Uint8Array, start: number, end: number): number {
    let position = start;
    while (end - position >= HEP3_HEADER_LENGTH) {
      // Out of step: what follows in these bytes cannot be told from payload.
      if (!isHep3(bytes, position, end)) return end;
      const length = hep3Length(bytes, position);
      if (position + length > end) break;
      this.confirmed = true;
      this.#onPacket(bytes, position, position + length);
      position += length;
    }
    return position;
  }
}
