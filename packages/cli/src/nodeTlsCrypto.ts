import type { KeyObject } from "node:crypto";
import type { TlsCrypto, TlsHash } from "@sipwhy/core";
import { nodeCrypto } from "./nodeCrypto.ts";

const HASHES: Readonly<Record<TlsHash, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
};
const TAG_BYTES = 16;

/** What TLS needs, by Node's own means. */
export const nodeTlsCrypto: TlsCrypto = {
  hmac: (hash, key, data) => plain(nodeCrypto().createHmac(HASHES[hash], keyOf(key)).update(data).digest()),
  openAesGcm: (key, nonce, additionalData, sealed) =>
    open(key.length === 16 ? "aes-128-gcm" : "aes-256-gcm", key, nonce, additionalData, sealed),
  openChaCha20Poly1305: (key, nonce, additionalData, sealed) =>
    open("chacha20-poly1305", key, nonce, additionalData, sealed),
  decryptAesCbc(key, iv, data) {
    const decipher = nodeCrypto()
      .createDecipheriv(key.length === 16 ? "aes-128-cbc" : "aes-256-cbc", keyOf(key), iv)
      .setAutoPadding(false);
    return plain(decipher.update(data));
  },
};

type AeadCipher = "aes-128-gcm" | "aes-256-gcm" | "chacha20-poly1305";

function open(
  cipher: AeadCipher,
  key: Uint8Array,
  nonce: Uint8Array,
  additionalData: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const text = sealed.length - TAG_BYTES;
  // The types tell the modes apart, each by its own name.
  const decipher = nodeCrypto().createDecipheriv(cipher as "aes-128-gcm", keyOf(key), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData).setAuthTag(sealed.subarray(text));
  const content = decipher.update(sealed.subarray(0, text));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain(content);
}

/** Node takes several times as long for a key that is given as bytes, and one key opens many records. */
const keys: WeakMap<Uint8Array, KeyObject> = new WeakMap();

function keyOf(bytes: Uint8Array): KeyObject {
  let key = keys.get(bytes);
  if (key === undefined) keys.set(bytes, (key = nodeCrypto().createSecretKey(bytes)));
  return key;
}

/** The same bytes without what Buffer adds. */
function plain(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
