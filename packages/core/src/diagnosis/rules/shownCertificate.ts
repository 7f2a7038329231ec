import type { TlsFailure } from "../../network/packet.ts";
import type { Certificate } from "../../network/tls/certificate.ts";

/** What can be said against the certificates that were shown when the handshake failed. */
export interface CertificateDoubts {
  /** Its own, or one that vouches for it, is not valid at the time of the capture. RFC 5280 §6.1.3 */
  readonly isOutOfDate: boolean;
  /** A server's certificate does not name what the client asked for. RFC 5922 §7.1, §7.2 */
  readonly isForOtherNames: boolean;
  /** It names itself as its issuer. RFC 5280 §3.2 */
  readonly isSelfIssued: boolean;
  /** The certificate of its issuer, which is no root by all that can be seen, was not sent with it. RFC 8446 §4.4.2 */
  readonly lacksIssuer: boolean;
}

/** Undefined where none was seen. */
export function doubtsOf({ certificates, client, source, serverName }: TlsFailure): CertificateDoubts | undefined {
  if (certificates === undefined) return undefined;
  const { chain, timeMicros } = certificates;
  const isOutOfDate = chain.some(
    ({ notBeforeMicros, notAfterMicros }) => timeMicros < notBeforeMicros || timeMicros > notAfterMicros,
  );
  const isForOtherNames = source === client && serverName !== "" && !isFor(chain[0], serverName);
  const isSelfIssued = chain[0].issuer === chain[0].subject;
  return { isOutOfDate, isForOtherNames, isSelfIssued, lacksIssuer: !isSelfIssued && lacksIssuer(chain) };
}

/** The last of those that vouch for each other from the first on: a sender may add others, in any order. */
export function lastVouched(chain: readonly Certificate[]): Certificate {
  let last = chain[0];
  for (let steps = 0; steps < chain.length; steps++) {
    const { issuer, subject } = last;
    const next = issuer === subject ? undefined : chain.find((other) => other !== last && other.subject === issuer);
    if (next === undefined) return last;
    last = next;
  }
  return last;
}

/** Somebody who tells where his issuer's certificate can be had is signed by no root: those are known beforehand. RFC 5280 §4.2.2.1 */
function lacksIssuer(chain: readonly Certificate[]): boolean {
  const [own] = chain;
  if (lastVouched(chain) !== own) return false;
  return own.issuerAddress !== "" || chain.some(({ subject }) => subject !== own.subject);
}

/** The names of a certificate as a client reads them: the common name counts only where there is no other. RFC 5922 §7.1 */
export function namesOf({ names, commonName }: Certificate): readonly string[] {
  return names.length > 0 ? names : commonName === "" ? [] : [commonName.toLowerCase()];
}

function isFor(certificate: Certificate, name: string): boolean {
  return namesOf(certificate).some((own) => hostOf(own) === name || isWildcardOf(own, name));
}

/** A SIP URI in a certificate stands for its domain. RFC 5922 §7.1 */
function hostOf(name: string): string {
  return /^sips?:/u.test(name) ? name.slice(name.indexOf(":") + 1) : name;
}

/** Deviation: RFC 5922 §7.2 forbids it for SIP, but most clients take it; where one does not, this is not the proof. */
function isWildcardOf(pattern: string, name: string): boolean {
  return pattern.startsWith("*.") && name.slice(name.indexOf(".")) === pattern.slice(1);
}
