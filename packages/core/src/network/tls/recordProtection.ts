/** What a protected record held: `bytes[start, end)` of content type `type`. */
export interface OpenedRecord {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Opens the records that one side sends under one key. */
export interface RecordProtection {
  /** Number of the next record under this key. RFC 8446 §5.3, RFC 5246 §6.1 */
  sequence: number;
  /** The record at `bytes[start, end)`, header included; undefined where it does not verify, and then `sequence` stays. */
  open(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined;
}

export const TAG_BYTES = 16;
/** An encrypted alert is not larger; everything that completes a handshake is. RFC 8446 §5.2 */
export const LARGEST_ENCRYPTED_ALERT = 24;
/** Content type, version, length. RFC 8446 §5.1 */
export const RECORD_HEADER_BYTES = 5;

/** Sequence number, content type, version, length of the content: what the tag or MAC covers besides it. RFC 5246 §6.2.3.3 */
export function authenticatedHeader(sequence: number, bytes: Uint8Array, start: number, length: number): Uint8Array {
  const header = new Uint8Array(13);
  writeSequence(header, 8, sequence);
  header[8] = bytes[start];
  header[9] = bytes[start + 1];
  header[10] = bytes[start + 2];
  header[11] = length >> 8;
  header[12] = length & 255;
  return header;
}

/** The nonce of a record: the IV with the sequence number laid over its end. RFC 8446 §5.3, RFC 7905 §2 */
export function nonceOf(iv: Uint8Array, sequence: number): Uint8Array {
  const nonce = new Uint8Array(iv.length);
  writeSequence(nonce, iv.length, sequence);
  for (let i = 0; i < iv.length; i++) nonce[i] ^= iv[i];
  return nonce;
}

function writeSequence(bytes: Uint8Array, end: number, sequence: number): void {
  let rest = sequence;
  for (let i = end - 1; rest > 0 && i >= end - 8; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
