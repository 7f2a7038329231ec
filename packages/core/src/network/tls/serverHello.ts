import { uint16 } from "../../bytes/integers.ts";

/** What a TLS server has chosen. */
export interface ServerHello {
  readonly version: number;
  readonly random: Uint8Array;
  readonly cipherSuite: number;
  readonly compression: number;
  /** RFC 7366 §2 */
  readonly encryptThenMac: boolean;
  /** It asks for another ClientHello; nothing is chosen yet. RFC 8446 §4.1.4 */
  readonly isRetryRequest: boolean;
}

export const TLS_1_0 = 0x0301;
export const TLS_1_2 = 0x0303;
export const TLS_1_3 = 0x0304;

/** `TLS 1.2`; of what is no version of TLS `""`. */
export function versionName(version: number): string {
  if (version === 0x0300) return "SSL 3.0";
  return version >= TLS_1_0 && version <= TLS_1_3 ? `TLS 1.${version - TLS_1_0}` : "";
}

const ENCRYPT_THEN_MAC = 22;
const SUPPORTED_VERSIONS = 43;
/** The first bytes of the random that means a HelloRetryRequest. RFC 8446 §4.1.3 */
const RETRY_RANDOM: readonly number[] = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

/** Reads the body of a ServerHello; undefined where it is too short to be one. RFC 8446 §4.1.3 */
export function readServerHello(bytes: Uint8Array, start: number, end: number): ServerHello | undefined {
  const session = start + 34;
  const chosen = session + 1 + (bytes[session] ?? 0);
  if (chosen + 3 > end) return undefined;
  const random = bytes.slice(start + 2, session);
  let version = uint16(bytes, start);
  let encryptThenMac = false;
  for (let at = chosen + 5; at + 4 <= end;) {
    const type = uint16(bytes, at);
    const content = at + 4;
    at = content + uint16(bytes, at + 2);
    if (at > end) break;
    if (type === SUPPORTED_VERSIONS && at - content === 2) version = uint16(bytes, content);
    else if (type === ENCRYPT_THEN_MAC) encryptThenMac = true;
  }
  return {
    version,
    random,
    cipherSuite: uint16(bytes, chosen),
    compression: bytes[chosen + 2],
    encryptThenMac,
    isRetryRequest: RETRY_RANDOM.every((byte, index) => random[index] === byte),
  };
}
