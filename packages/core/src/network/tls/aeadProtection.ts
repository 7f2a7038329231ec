import type { CipherSuite } from "./cipherSuite.ts";
import { expandLabel } from "./keySchedule.ts";
import {
  authenticatedHeader,
  nonceOf,
  type OpenedRecord,
  RECORD_HEADER_BYTES,
  type RecordProtection,
  TAG_BYTES,
} from "./recordProtection.ts";
import type { TlsCrypto } from "./tlsCrypto.ts";

const IV_BYTES = 12;
/** Of AES-GCM in TLS 1.2: the nonce is half in the record. RFC 5288 §3 */
const EXPLICIT_NONCE_BYTES = 8;

/** Records of TLS 1.3. RFC 8446 §5.2 */
export class Tls13Protection implements RecordProtection {
  sequence = 0;
  readonly #crypto: TlsCrypto;
  readonly #suite: CipherSuite;
  readonly #secret: Uint8Array;
  readonly #key: Uint8Array;
  readonly #iv: Uint8Array;

  /** `secret` is a traffic secret. RFC 8446 §7.3 */
  constructor(crypto: TlsCrypto, suite: CipherSuite, secret: Uint8Array) {
    this.#crypto = crypto;
    this.#suite = suite;
    this.#secret = secret;
    this.#key = expandLabel(crypto, suite.hash, secret, "key", suite.keyBytes);
    this.#iv = expandLabel(crypto, suite.hash, secret, "iv", IV_BYTES);
  }

  open(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const header = bytes.subarray(start, start + RECORD_HEADER_BYTES);
    const sealed = bytes.subarray(start + RECORD_HEADER_BYTES, end);
    const nonce = nonceOf(this.#iv, this.sequence);
    const plain = openSealed(this.#crypto, this.#suite, this.#key, nonce, header, sealed);
    if (plain === undefined) return undefined;
    this.sequence++;
    // The content type stands behind the content, padding of zeros behind that.
    let last = plain.length - 1;
    while (last >= 0 && plain[last] === 0) last--;
    return last < 0 ? undefined : { type: plain[last], bytes: plain, start: 0, end: last };
  }

  /** What follows a KeyUpdate. RFC 8446 §7.2 */
  next(): Tls13Protection {
    const { hash } = this.#suite;
    const secret = expandLabel(this.#crypto, hash, this.#secret, "traffic upd", hash === "SHA-384" ? 48 : 32);
    return new Tls13Protection(this.#crypto, this.#suite, secret);
  }
}

/** Records of TLS 1.2 with an AEAD suite. RFC 5246 §6.2.3.3, RFC 5288 §3, RFC 7905 §2 */
export class Tls12AeadProtection implements RecordProtection {
  sequence = 0;
  readonly #crypto: TlsCrypto;
  readonly #suite: CipherSuite;
  readonly #key: Uint8Array;
  readonly #iv: Uint8Array;

  constructor(crypto: TlsCrypto, suite: CipherSuite, key: Uint8Array, iv: Uint8Array) {
    this.#crypto = crypto;
    this.#suite = suite;
    this.#key = key;
    this.#iv = iv;
  }

  open(bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const content = start + RECORD_HEADER_BYTES;
    const explicit = this.#suite.cipher === "aes-gcm" ? EXPLICIT_NONCE_BYTES : 0;
    const length = end - content - explicit - TAG_BYTES;
    if (length < 0) return undefined;
    const header = authenticatedHeader(this.sequence, bytes, start, length);
    const sealed = bytes.subarray(content + explicit, end);
    const plain = openSealed(this.#crypto, this.#suite, this.#key, this.#nonce(bytes, content), header, sealed);
    if (plain === undefined) return undefined;
    this.sequence++;
    return { type: bytes[start], bytes: plain, start: 0, end: plain.length };
  }

  #nonce(bytes: Uint8Array, content: number): Uint8Array {
    if (this.#suite.cipher !== "aes-gcm") return nonceOf(this.#iv, this.sequence);
    const nonce = new Uint8Array(IV_BYTES);
    nonce.set(this.#iv);
    nonce.set(bytes.subarray(content, content + EXPLICIT_NONCE_BYTES), this.#iv.length);
    return nonce;
  }
}

function openSealed(
  crypto: TlsCrypto,
  { cipher }: CipherSuite,
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  return cipher === "aes-gcm"
    ? crypto.openAesGcm(key, nonce, header, sealed)
    : crypto.openChaCha20Poly1305(key, nonce, header, sealed);
}
