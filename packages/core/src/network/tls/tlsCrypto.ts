/** Hashes of TLS, named as in FIPS 180-4. */
export type TlsHash = "MD5" | "SHA-1" | "SHA-256" | "SHA-384";

/**
 * The primitives with which TLS records are opened, all of them synchronous. Core has none of its own: the platform gives them, such as
 * `node:crypto`. None throws for what is in the data.
 */
export interface TlsCrypto {
  hmac(hash: TlsHash, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** `sealed` ends with the tag of 16 bytes; undefined where it does not verify. */
  openAesGcm(
    key: Uint8Array,
    nonce: Uint8Array,
    additionalData: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined;
  /** As `openAesGcm`. RFC 8439 §2.8 */
  openChaCha20Poly1305(
    key: Uint8Array,
    nonce: Uint8Array,
    additionalData: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined;
  /** Whole blocks, the padding left in. */
  decryptAesCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
}
