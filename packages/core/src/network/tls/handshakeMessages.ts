import { networkLimits } from "../limits.ts";
import { KeptBytes } from "./keptBytes.ts";

/** Handshake messages by type. RFC 8446 §4, RFC 5246 §7.4 */
export const CLIENT_HELLO = 1;
export const SERVER_HELLO = 2;
export const CERTIFICATE = 11;
export const CERTIFICATE_REQUEST = 13;
export const FINISHED = 20;
export const KEY_UPDATE = 24;

/** Those whose content is read; of others the end is enough. */
const READ: ReadonlySet<number> = new Set([CLIENT_HELLO, SERVER_HELLO, CERTIFICATE]);
const HEADER_BYTES = 4;
const NO_BYTES: Uint8Array = new Uint8Array(0);

export interface HandshakeMessagesOptions {
  /** A message has ended; its body is `bytes[start, end)`, empty for a type that nobody reads. */
  onMessage(type: number, bytes: Uint8Array, start: number, end: number): void;
  onLimit(limit: "tls-handshake-bytes"): void;
}

/** Puts handshake messages together: several may share a record, one may take several. RFC 8446 §5.1 */
export class HandshakeMessages {
  readonly #options: HandshakeMessagesOptions;
  /** The header and then, if it is read, the body of the message at hand: `#wanted` bytes. */
  readonly #kept: KeptBytes = new KeptBytes();
  #wanted = HEADER_BYTES;
  #skip = 0;
  #skippedType = -1;

  constructor(options: HandshakeMessagesOptions) {
    this.#options = options;
  }

  /** The content of one record. */
  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      const next = this.#readWhole(bytes, at, end);
      if (next > at) {
        at = next;
        continue;
      }
      if (this.#skippedType >= 0) {
        const skipped = Math.min(this.#skip, end - at);
        this.#skip -= skipped;
        at += skipped;
        this.#endSkipped();
        continue;
      }
      const taken = Math.min(this.#wanted - this.#kept.length, end - at);
      this.#kept.append(bytes, at, at + taken, this.#wanted);
      at += taken;
      if (this.#kept.length === this.#wanted) this.#endKept();
    }
  }

  /** True where a message has begun and not ended. */
  get isInMessage(): boolean {
    return this.#kept.length > 0 || this.#skippedType >= 0;
  }

  /** Bytes are missing. */
  forget(): void {
    this.#kept.take();
    this.#wanted = HEADER_BYTES;
    this.#skippedType = -1;
  }

  /** Most messages lie in one record: nothing has to be kept of them. Gives where the next begins, or the same place. */
  #readWhole(bytes: Uint8Array, at: number, end: number): number {
    if (this.isInMessage || end - at < HEADER_BYTES) return at;
    const length = (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    const next = at + HEADER_BYTES + length;
    if (next > end) return at;
    this.#options.onMessage(bytes[at], bytes, at + HEADER_BYTES, next);
    return next;
  }

  #endKept(): void {
    const kept = this.#kept.bytes;
    const type = kept[0];
    const length = (kept[1] << 16) | (kept[2] << 8) | kept[3];
    if (this.#wanted === HEADER_BYTES && length > 0) return this.#begin(type, length);
    const end = this.#wanted;
    this.forget();
    this.#options.onMessage(type, kept, HEADER_BYTES, end);
  }

  #begin(type: number, length: number): void {
    const isTooLong = length > networkLimits["tls-handshake-bytes"];
    if (READ.has(type) && !isTooLong) {
      this.#wanted = HEADER_BYTES + length;
      return;
    }
    if (isTooLong) this.#options.onLimit("tls-handshake-bytes");
    this.#skip = length;
    this.#skippedType = type;
  }

  #endSkipped(): void {
    if (this.#skip > 0) return;
    const type = this.#skippedType;
    this.forget();
    this.#options.onMessage(type, NO_BYTES, 0, 0);
  }
}
