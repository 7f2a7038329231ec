import type { TlsFailure } from "../../network/packet.ts";
import type { Certificate } from "../../network/tls/certificate.ts";

/** What can be said against the certificates that were shown when the handshake failed. */
export interface CertificateDoubts {
  /** Its own, or one that vouches for it, is not valid at the time of the capture. RFC 5280 §6.1.3 */
  readonly isOutOfDate: boolean;
  /** A server's certificate does not name what the client asked for. RFC 5922 §7.1, §7.2 */
  readonly isForOtherNames: boolean;
}

/** Undefined where none was seen. */
export function doubtsOf({ certificates, client, source, serverName }: TlsFailure): CertificateDoubts | undefined {
  if (certificates === undefined) return undefined;
  const { chain, timeMicros } = certificates;
  const isOutOfDate = chain.some(
    ({ notBeforeMicros, notAfterMicros }) => timeMicros < notBeforeMicros || timeMicros > notAfterMicros,
  );
  const isForOtherNames = source === client && serverName !== "" && !isFor(chain[0], serverName);
  return { isOutOfDate, isForOtherNames };
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
