import { Tls12AeadProtection, Tls13Protection } from "./aeadProtection.ts";
import { BLOCK_BYTES, CbcProtection, macKeyBytes } from "./cbcProtection.ts";
import type { CipherSuite } from "./cipherSuite.ts";
import type { ClientHello } from "./clientHello.ts";
import { keyBlock } from "./keySchedule.ts";
import type { RecordProtection } from "./recordProtection.ts";
import { type ServerHello, TLS_1_0, TLS_1_2 } from "./serverHello.ts";
import type { SecretLabel, TlsKeys } from "./tlsKeys.ts";

/** One side of a connection whose parameters are known. */
export interface KeyedSide {
  readonly isClient: boolean;
  readonly suite: CipherSuite;
  readonly client: ClientHello;
  readonly server: ServerHello;
  readonly keys: TlsKeys;
}

/** Of TLS 1.3: for early data, for the handshake, for what follows, as far as they are known; a handshake that fails has no last. RFC 8446 §7.1 */
export function trafficProtections({ isClient, suite, client, keys }: KeyedSide): readonly RecordProtection[] {
  const { crypto } = keys;
  const labels: readonly SecretLabel[] = isClient
    ? ["CLIENT_EARLY_TRAFFIC_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0"]
    : ["SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0"];
  if (crypto === undefined) return [];
  return labels.flatMap((label) => {
    const secret = keys.secret(client.random, label);
    return secret === undefined ? [] : [new Tls13Protection(crypto, suite, secret)];
  });
}

/** Of TLS up to 1.2: the one that ChangeCipherSpec begins; none where the master secret is not known. RFC 5246 §6.3 */
export function protectionOf({ isClient, suite, client, server, keys }: KeyedSide): readonly RecordProtection[] {
  const { crypto } = keys;
  const masterSecret = keys.secret(client.random, "CLIENT_RANDOM");
  if (crypto === undefined || masterSecret === undefined) return [];
  const macBytes = suite.macHash === undefined ? 0 : macKeyBytes(suite.macHash);
  const ivBytes = ivLength(suite, server.version);
  const hash = server.version < TLS_1_2 ? "MD5+SHA-1" : suite.hash;
  const randoms = { client: client.random, server: server.random };
  const block = keyBlock(crypto, hash, masterSecret, randoms, 2 * (macBytes + suite.keyBytes + ivBytes));
  // MAC keys of client and server, then their keys, then their IVs.
  let at = 0;
  const next = (length: number): Uint8Array => {
    const own = at + (isClient ? 0 : length);
    at += 2 * length;
    return block.slice(own, own + length);
  };
  const [macKey, key, iv] = [next(macBytes), next(suite.keyBytes), next(ivBytes)];
  if (suite.macHash === undefined) return [new Tls12AeadProtection(crypto, suite, key, iv)];
  const firstIv = ivBytes === 0 ? undefined : iv;
  const { macHash } = suite;
  return [new CbcProtection(crypto, { key, macKey, macHash, firstIv, encryptThenMac: server.encryptThenMac })];
}

/** Since TLS 1.1 each record of a CBC suite has its own. RFC 4346 §6.2.3.2, RFC 5288 §3, RFC 7905 §2 */
function ivLength({ cipher }: CipherSuite, version: number): number {
  if (cipher === "aes-cbc") return version === TLS_1_0 ? BLOCK_BYTES : 0;
  return cipher === "aes-gcm" ? 4 : 12;
}
