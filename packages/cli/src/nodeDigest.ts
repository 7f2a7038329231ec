import type { DigestAlgorithm, DigestFunction } from "@sipwhy/core";
import { nodeCrypto } from "./nodeCrypto.ts";

const NAMES: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: "md5",
  "SHA-256": "sha256",
  "SHA-512-256": "sha512-256",
};

/** The hashes of SIP digests by Node's own means. RFC 7616 §6.1 */
export const nodeDigest: DigestFunction = (algorithm, data) =>
  nodeCrypto().createHash(NAMES[algorithm]).update(data).digest("hex");
