import { createCipheriv, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nobleTlsCrypto } from "./nobleTlsCrypto.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const data = fc.uint8Array({ maxLength: 300 });
const aead = { "aes-128-gcm": 16, "aes-256-gcm": 32, "chacha20-poly1305": 32 } as const;

describe("the primitives of TLS in a browser are those of Node", () => {
  test.each(Object.keys(aead) as (keyof typeof aead)[])("%s opens what verifies, and nothing else", (cipher) => {
    const open = cipher.startsWith("aes") ? nobleTlsCrypto.openAesGcm : nobleTlsCrypto.openChaCha20Poly1305;
    fc.assert(
      fc.property(bytes(aead[cipher]), bytes(12), data, data, fc.nat(), (key, nonce, additional, text, at) => {
        const node = createCipheriv(cipher as "aes-128-gcm", key, nonce, { authTagLength: 16 }).setAAD(additional);
        const sealed = Uint8Array.from(Buffer.concat([node.update(text), node.final(), node.getAuthTag()]));
        expect(open(key, nonce, additional, sealed)).toEqual(text);
        sealed[at % sealed.length] ^= 1;
        expect(open(key, nonce, additional, sealed)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  test.each([16, 32])("AES-CBC with a key of %i bytes leaves the padding in", (length) => {
    fc.assert(
      fc.property(bytes(length), bytes(16), bytes(64), (key, iv, text) => {
        const node = createCipheriv(length === 16 ? "aes-128-cbc" : "aes-256-cbc", key, iv).setAutoPadding(false);
        expect(nobleTlsCrypto.decryptAesCbc(key, iv, Uint8Array.from(node.update(text)))).toEqual(text);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["MD5", "md5"],
    ["SHA-1", "sha1"],
    ["SHA-256", "sha256"],
    ["SHA-384", "sha384"],
  ] as const)("HMAC with %s", (hash, node) => {
    fc.assert(
      fc.property(data, data, (key, text) => {
        expect(Buffer.from(nobleTlsCrypto.hmac(hash, key, text))).toEqual(createHmac(node, key).update(text).digest());
      }),
      { numRuns: 30 },
    );
  });
});
