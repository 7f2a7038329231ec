import type { TlsHash } from "./tlsCrypto.ts";

/** What a cipher suite says about records and keys; how keys were agreed does not matter to somebody who has them. */
export interface CipherSuite {
  readonly cipher: "aes-gcm" | "chacha20-poly1305" | "aes-cbc";
  readonly keyBytes: number;
  /** Of the key schedule (RFC 8446 §7.1), or of the PRF of TLS 1.2 (RFC 5246 §5). */
  readonly hash: "SHA-256" | "SHA-384";
  /** Of `aes-cbc`. */
  readonly macHash?: TlsHash;
}

const GCM_128: CipherSuite = { cipher: "aes-gcm", keyBytes: 16, hash: "SHA-256" };
const GCM_256: CipherSuite = { cipher: "aes-gcm", keyBytes: 32, hash: "SHA-384" };
const CHACHA: CipherSuite = { cipher: "chacha20-poly1305", keyBytes: 32, hash: "SHA-256" };
const CBC_128_SHA: CipherSuite = { cipher: "aes-cbc", keyBytes: 16, hash: "SHA-256", macHash: "SHA-1" };
const CBC_256_SHA: CipherSuite = { cipher: "aes-cbc", keyBytes: 32, hash: "SHA-256", macHash: "SHA-1" };
const CBC_128_SHA256: CipherSuite = { cipher: "aes-cbc", keyBytes: 16, hash: "SHA-256", macHash: "SHA-256" };
const CBC_256_SHA256: CipherSuite = { cipher: "aes-cbc", keyBytes: 32, hash: "SHA-256", macHash: "SHA-256" };
const CBC_256_SHA384: CipherSuite = { cipher: "aes-cbc", keyBytes: 32, hash: "SHA-384", macHash: "SHA-384" };

/** The numbers of the IANA registry "TLS Cipher Suites", by what they mean for records. */
const suites: ReadonlyMap<number, CipherSuite> = new Map(
  (
    [
      [GCM_128, [0x1301, 0x9c, 0x9e, 0xa0, 0xa2, 0xa4, 0xa6, 0xa8, 0xaa, 0xac]],
      [GCM_128, [0xc02b, 0xc02d, 0xc02f, 0xc031, 0xd001]],
      [GCM_256, [0x1302, 0x9d, 0x9f, 0xa1, 0xa3, 0xa5, 0xa7, 0xa9, 0xab, 0xad]],
      [GCM_256, [0xc02c, 0xc02e, 0xc030, 0xc032, 0xd002]],
      [CHACHA, [0x1303, 0xcca8, 0xcca9, 0xccaa, 0xccab, 0xccac, 0xccad, 0xccae]],
      [CBC_128_SHA, [0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x8c, 0x90, 0x94]],
      [CBC_128_SHA, [0xc004, 0xc009, 0xc00e, 0xc013, 0xc018, 0xc035]],
      [CBC_256_SHA, [0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x8d, 0x91, 0x95]],
      [CBC_256_SHA, [0xc005, 0xc00a, 0xc00f, 0xc014, 0xc019, 0xc036]],
      [CBC_128_SHA256, [0x3c, 0x3e, 0x3f, 0x40, 0x67, 0x6c, 0xae, 0xb2, 0xb6]],
      [CBC_128_SHA256, [0xc023, 0xc025, 0xc027, 0xc029, 0xc037]],
      [CBC_256_SHA256, [0x3d, 0x68, 0x69, 0x6a, 0x6b, 0x6d]],
      [CBC_256_SHA384, [0xc024, 0xc026, 0xc028, 0xc02a, 0xaf, 0xb3, 0xb7, 0xc038]],
    ] as const
  ).flatMap(([suite, numbers]) => numbers.map((number): [number, CipherSuite] => [number, suite])),
);

/** Undefined for a suite whose records cannot be opened here. */
export function cipherSuite(number: number): CipherSuite | undefined {
  return suites.get(number);
}
