import { uint16 } from "../../bytes/integers.ts";
import { type Certificate, readCertificate } from "./certificate.ts";

/** As long a chain as anybody sends. */
const MOST_CERTIFICATES = 8;

/** The certificates of a Certificate message, that of its sender first. RFC 5246 §7.4.2; in TLS 1.3 RFC 8446 §4.4.2. */
export function readCertificates(bytes: Uint8Array, start: number, end: number, isTls13: boolean): Certificate[] {
  const list = listAt(bytes, start, isTls13);
  const certificates: Certificate[] = [];
  for (let at = list + 3; at + 3 <= end && certificates.length < MOST_CERTIFICATES;) {
    const certificate = at + 3;
    const next = certificate + ((bytes[at] << 16) | uint16(bytes, at + 1));
    if (next > end) break;
    const read = readCertificate(bytes, certificate, next);
    if (read === undefined) break;
    certificates.push(read);
    at = isTls13 ? next + 2 + uint16(bytes, next) : next;
  }
  return certificates;
}

/** A client that was asked for its certificate and has none says so with an empty list. RFC 8446 §4.4.2.4 */
export function hasNoCertificate(bytes: Uint8Array, start: number, end: number, isTls13: boolean): boolean {
  const list = listAt(bytes, start, isTls13);
  return list + 3 === end && bytes[list] === 0 && uint16(bytes, list + 1) === 0;
}

/** TLS 1.3: a context before the list, extensions behind each certificate. */
function listAt(bytes: Uint8Array, start: number, isTls13: boolean): number {
  return isTls13 ? start + 1 + bytes[start] : start;
}
