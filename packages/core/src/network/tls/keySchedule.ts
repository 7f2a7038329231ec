import { joined } from "../../bytes/joined.ts";
import type { TlsCrypto, TlsHash } from "./tlsCrypto.ts";

/** HKDF-Expand-Label without context, of at most one block, which is all that records need. RFC 8446 §7.1, RFC 5869 §2.3 */
export function expandLabel(
  crypto: TlsCrypto,
  hash: TlsHash,
  secret: Uint8Array,
  label: string,
  length: number,
): Uint8Array {
  const name = new TextEncoder().encode(`tls13 ${label}`);
  const data = new Uint8Array(name.length + 5);
  data.set([length >> 8, length & 255, name.length]);
  data.set(name, 3);
  data[data.length - 1] = 1;
  return crypto.hmac(hash, secret, data).subarray(0, length);
}

/** The keys of a connection out of its master secret. RFC 5246 §6.3; before TLS 1.2 two hashes at once, RFC 4346 §5. */
export function keyBlock(
  crypto: TlsCrypto,
  hash: "SHA-256" | "SHA-384" | "MD5+SHA-1",
  masterSecret: Uint8Array,
  randoms: { readonly server: Uint8Array; readonly client: Uint8Array },
  length: number,
): Uint8Array {
  const seed = joined([new TextEncoder().encode("key expansion"), randoms.server, randoms.client]);
  if (hash !== "MD5+SHA-1") return expand(crypto, hash, masterSecret, seed, length);
  const half = Math.ceil(masterSecret.length / 2);
  const block = expand(crypto, "MD5", masterSecret.subarray(0, half), seed, length);
  const other = expand(crypto, "SHA-1", masterSecret.subarray(-half), seed, length);
  return block.map((byte, index) => byte ^ other[index]);
}

/** P_hash. RFC 5246 §5 */
function expand(crypto: TlsCrypto, hash: TlsHash, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const expanded = new Uint8Array(length);
  let link = seed;
  for (let at = 0; at < length;) {
    link = crypto.hmac(hash, secret, link);
    const part = crypto.hmac(hash, secret, joined([link, seed]));
    expanded.set(part.subarray(0, length - at), at);
    at += part.length;
  }
  return expanded;
}
