/** Cuts the bytes of a pcap stream where records end: a file may be closed there and the next begun. draft-ietf-opsawg-pcap §4, §5. */
export class PcapRecords {
  /** The file header, with which every file begins; empty until it was read. */
  header: Uint8Array = new Uint8Array(0);
  readonly #onRecords: (bytes: Uint8Array) => void;
  #rest: Uint8Array = new Uint8Array(0);
  #littleEndian = true;

  /** `onRecords`: whole records, one after the other. */
  constructor(onRecords: (bytes: Uint8Array) => void) {
    this.#onRecords = onRecords;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    if (this.header.length === 0) {
      if (bytes.length < HEADER_LENGTH) return this.#keep(bytes, 0);
      this.header = bytes.slice(0, HEADER_LENGTH);
      this.#littleEndian = bytes[0] !== 0xa1;
      start = HEADER_LENGTH;
    }
    this.#read(bytes, start);
  }

  #read(bytes: Uint8Array, start: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = start;
    while (end + RECORD_HEADER_LENGTH <= bytes.length) {
      const next = end + RECORD_HEADER_LENGTH + view.getUint32(end + 8, this.#littleEndian);
      if (next > bytes.length) break;
      end = next;
    }
    if (end > start) this.#onRecords(bytes.subarray(start, end));
    this.#keep(bytes, end);
  }

  #keep(bytes: Uint8Array, from: number): void {
    this.#rest = bytes.slice(from);
  }
}

const HEADER_LENGTH = 24;
const RECORD_HEADER_LENGTH = 16;
