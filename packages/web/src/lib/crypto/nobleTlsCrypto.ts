import { cbc, gcm } from "@noble/ciphers/aes.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384 } from "@noble/hashes/sha2.js";
import type { TlsCrypto } from "@sipwhy/core";

const HASHES = { MD5: md5, "SHA-1": sha1, "SHA-256": sha256, "SHA-384": sha384 } as const;

/** What TLS needs in a browser: WebCrypto has it only asynchronously, and the engine reads a capture in one go. */
export const nobleTlsCrypto: TlsCrypto = {
  hmac: (hash, key, data) => hmac(HASHES[hash], key, data),
  openAesGcm: (key, nonce, additionalData, sealed) => opened(gcm(key, nonce, additionalData), sealed),
  openChaCha20Poly1305: (key, nonce, additionalData, sealed) =>
    opened(chacha20poly1305(key, nonce, additionalData), sealed),
  decryptAesCbc: (key, iv, data) => cbc(key, iv, { disablePadding: true }).decrypt(data),
};

/** These throw where a tag does not verify. */
function opened(cipher: { decrypt(sealed: Uint8Array): Uint8Array }, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return cipher.decrypt(sealed);
  } catch {
    return undefined;
  }
}
