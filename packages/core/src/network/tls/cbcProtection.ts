import { joined } from "../../bytes/joined.ts";
import {
  authenticatedHeader,
  type OpenedRecord,
  RECORD_HEADER_BYTES,
  type RecordProtection,
} from "./recordProtection.ts";
import type { TlsCrypto, TlsHash } from "./tlsCrypto.ts";

export const BLOCK_BYTES = 16;

export interface CbcKeys {
  readonly key: Uint8Array;
  readonly macKey: Uint8Array;
  readonly macHash: TlsHash;
  /** Before TLS 1.1 the IV of a record is the end of the one before it; this is the first. Absent where each record has its own. */
  readonly firstIv?: Uint8Array;
  /** The MAC covers what is encrypted, not the content. RFC 7366 §3 */
  readonly encryptThenMac: boolean;
}

/** Records of TLS up to 1.2 with AES in CBC mode. RFC 5246 §6.2.3.2 */
export class CbcProtection implements RecordProtection {
  sequence = 0;
  readonly #crypto: TlsCrypto;
  readonly #keys: CbcKeys;
  #chainedIv: Uint8Array | undefined;

  constructor(crypto: TlsCrypto, keys: CbcKeys) {
    this.#crypto = crypto;
    this.#keys = keys;
    this.#chainedIv = keys.firstIv;
  }

  open(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const opened = this.#keys.encryptThenMac
      ? this.#openMacLast(bytes, start, end)
      : this.#openMacFirst(bytes, start, end);
    if (opened === undefined) return undefined;
    this.sequence++;
    const { encryptThenMac, macHash } = this.#keys;
    const cipherEnd = encryptThenMac ? end - MAC_BYTES[macHash] : end;
    if (this.#chainedIv !== undefined) this.#chainedIv = bytes.slice(cipherEnd - BLOCK_BYTES, cipherEnd);
    return opened;
  }

  #openMacFirst(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const plain = this.#decrypt(bytes, start + RECORD_HEADER_BYTES, end);
    const padded = plain === undefined ? -1 : withoutPadding(plain);
    const macBytes = MAC_BYTES[this.#keys.macHash];
    if (plain === undefined || padded < macBytes) return undefined;
    const length = padded - macBytes;
    const header = authenticatedHeader(this.sequence, bytes, start, length);
    if (!this.#verifies(header, plain.subarray(0, length), plain.subarray(length, padded))) return undefined;
    return { type: bytes[start], bytes: plain, start: 0, end: length };
  }

  #openMacLast(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const content = start + RECORD_HEADER_BYTES;
    const macAt = end - MAC_BYTES[this.#keys.macHash];
    if (macAt < content) return undefined;
    const header = authenticatedHeader(this.sequence, bytes, start, macAt - content);
    if (!this.#verifies(header, bytes.subarray(content, macAt), bytes.subarray(macAt, end))) return undefined;
    const plain = this.#decrypt(bytes, content, macAt);
    const length = plain === undefined ? -1 : withoutPadding(plain);
    return plain === undefined || length < 0 ? undefined : { type: bytes[start], bytes: plain, start: 0, end: length };
  }

  #decrypt(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
    const iv = this.#chainedIv ?? bytes.subarray(start, start + BLOCK_BYTES);
    const first = this.#chainedIv === undefined ? start + BLOCK_BYTES : start;
    if (end - first < BLOCK_BYTES || (end - first) % BLOCK_BYTES !== 0) return undefined;
    return this.#crypto.decryptAesCbc(this.#keys.key, iv, bytes.subarray(first, end));
  }

  #verifies(header: Uint8Array, content: Uint8Array, mac: Uint8Array): boolean {
    const { macHash, macKey } = this.#keys;
    const expected = this.#crypto.hmac(macHash, macKey, joined([header, content]));
    return expected.length === mac.length && expected.every((byte, index) => byte === mac[index]);
  }
}

const MAC_BYTES: Readonly<Record<TlsHash, number>> = { MD5: 16, "SHA-1": 20, "SHA-256": 32, "SHA-384": 48 };

export function macKeyBytes(hash: TlsHash): number {
  return MAC_BYTES[hash];
}

/** Its length before the padding, each byte of which tells how many follow the first; -1 where that cannot be. */
function withoutPadding(plain: Uint8Array): number {
  const padding = plain[plain.length - 1];
  const length = plain.length - padding - 1;
  for (let i = Math.max(0, length); i < plain.length; i++) if (plain[i] !== padding) return -1;
  return length;
}
