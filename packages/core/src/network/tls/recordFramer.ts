import { uint16 } from "../../bytes/integers.ts";
import { KeptBytes } from "./keptBytes.ts";
import { RECORD_HEADER_BYTES } from "./recordProtection.ts";
import { isTlsRecord } from "./tlsRecord.ts";

export interface RecordReader {
  /** True when no more records are wanted. */
  readonly done: boolean;
  /** A record of this type and length begins; false if what it holds need not be kept. */
  onHeader(type: number, length: number): boolean;
  /** The record at `bytes[start, end)`, header included. */
  onRecord(bytes: Uint8Array, start: number, end: number): void;
  /** While searching: true if the bytes are a record. */
  tryRecord(bytes: Uint8Array, start: number, end: number): boolean;
  /** What should be the header of a record is none. */
  onDisorder(bytes: Uint8Array, start: number, end: number): void;
}

/** Cuts a stream into TLS records. One that lies inside one segment is not copied. RFC 8446 §5.1 */
export class RecordFramer {
  readonly #reader: RecordReader;
  /** The beginning of a record of `#wanted` bytes. */
  readonly #kept: KeptBytes = new KeptBytes();
  #wanted = 0;
  #skip = 0;
  /** Where records begin is not known. */
  #searching = false;

  constructor(reader: RecordReader) {
    this.#reader = reader;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end && !this.#reader.done) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, end - at);
        this.#skip -= skipped;
        at += skipped;
      } else if (this.#searching) at = this.#search(bytes, at, end);
      else at = this.#kept.length > 0 ? this.#complete(bytes, at, end) : this.#read(bytes, at, end);
    }
    if (this.#reader.done) this.#kept.take();
  }

  /** Bytes are missing: looks for the next record. */
  lose(): void {
    this.#kept.take();
    this.#skip = 0;
    this.#searching = true;
  }

  #read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < RECORD_HEADER_BYTES) return this.#keep(bytes, start, end, RECORD_HEADER_BYTES);
    if (!isTlsRecord(bytes, start, end)) {
      this.#reader.onDisorder(bytes, start, end);
      return this.#searching ? start : end;
    }
    const length = RECORD_HEADER_BYTES + uint16(bytes, start + 3);
    if (!this.#reader.onHeader(bytes[start], length - RECORD_HEADER_BYTES)) {
      this.#skip = length;
      return start;
    }
    if (start + length > end) return this.#keep(bytes, start, end, length);
    this.#reader.onRecord(bytes, start, start + length);
    return start + length;
  }

  #keep(bytes: Uint8Array, start: number, end: number, wanted: number): number {
    this.#wanted = wanted;
    this.#kept.append(bytes, start, end, wanted);
    return end;
  }

  /** Goes on with the record, or its header, of which a part is kept. */
  #complete(bytes: Uint8Array, start: number, end: number): number {
    const taken = Math.min(this.#wanted - this.#kept.length, end - start);
    this.#kept.append(bytes, start, start + taken, this.#wanted);
    if (this.#kept.length < this.#wanted) return start + taken;
    const kept = this.#kept.take();
    if (kept.length > RECORD_HEADER_BYTES) this.#reader.onRecord(kept, 0, kept.length);
    else {
      // The header alone: nothing of what it announces has come.
      this.#read(kept, 0, kept.length);
      if (this.#skip > 0) this.#skip -= kept.length;
    }
    return start + taken;
  }

  /** Takes the bytes at hand together with what is kept, and drops what no record begins at. */
  #search(bytes: Uint8Array, start: number, end: number): number {
    this.#kept.append(bytes, start, end, Infinity);
    const all = this.#kept.take();
    for (let at = 0; at < all.length; at++) {
      const length = all.length - at < RECORD_HEADER_BYTES ? 0 : recordLength(all, at);
      if (length < 0) continue;
      if (length === 0 || at + length > all.length) {
        this.#keep(all, at, all.length, all.length - at);
        return end;
      }
      if (this.#reader.tryRecord(all, at, at + length)) {
        this.#searching = false;
        this.push(all, at + length, all.length);
        return end;
      }
      if (this.#reader.done) return end;
    }
    return end;
  }
}

function recordLength(bytes: Uint8Array, at: number): number {
  return isTlsRecord(bytes, at, bytes.length) ? RECORD_HEADER_BYTES + uint16(bytes, at + 3) : -1;
}
