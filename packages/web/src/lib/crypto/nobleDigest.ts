import { md5 } from "@noble/hashes/legacy.js";
import { sha256, sha512_256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DigestFunction } from "@sipwhy/core";

const HASHES = { MD5: md5, "SHA-256": sha256, "SHA-512-256": sha512_256 } as const;

/** The hashes of SIP digests in a browser, whose own are asynchronous and lack MD5. RFC 7616 §6.1 */
export const nobleDigest: DigestFunction = (algorithm, data) =>
  bytesToHex(HASHES[algorithm](typeof data === "string" ? utf8ToBytes(data) : data));
