import type { TlsFailure } from "../../network/packet.ts";
import { isoDate } from "../isoTime.ts";
import type { Missing, Rule } from "../rule.ts";
import { connectionLog, listed } from "../wording.ts";
import { type CertificateDoubts, doubtsOf, namesOf } from "./shownCertificate.ts";

/** Alerts whose reason and remedy are those of another. RFC 8446 §6.2 */
const CAUSES: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ["unknown_ca", "unknown-ca"],
  ["bad_certificate", "bad-certificate"],
  ["certificate_unknown", "bad-certificate"],
  ["unsupported_certificate", "bad-certificate"],
  ["bad_certificate_status_response", "bad-certificate"],
  ["certificate_expired", "certificate-expired"],
  ["certificate_revoked", "certificate-revoked"],
  ["certificate_required", "certificate-required"],
  ["no_certificate", "certificate-required"],
  ["handshake_failure", "handshake-failure"],
  ["insufficient_security", "handshake-failure"],
  ["missing_extension", "handshake-failure"],
  ["protocol_version", "protocol-version"],
  ["inappropriate_fallback", "protocol-version"],
  ["unrecognized_name", "unrecognized-name"],
]);

type Cause =
  | "unknown-ca"
  | "bad-certificate"
  | "certificate-expired"
  | "certificate-revoked"
  | "certificate-required"
  | "handshake-failure"
  | "protocol-version"
  | "unrecognized-name"
  | "other-alert"
  | "closed"
  | "certificate-out-of-date"
  | "name-mismatch"
  | "clock-wrong";

/** A TLS connection for SIP ended before any SIP could be sent over it. RFC 8446 §6.2, RFC 5922 §7 */
export const tlsHandshakeFailed: Rule<"connection", "tls-handshake-failed"> = {
  id: "tls-handshake-failed",
  inspects: "connection",
  citations: ["RFC 8446 §6.2"],
  check({ first, count }) {
    if (first.kind === "tcp-reset" || first.kind === "tcp-unanswered") return undefined;
    const { alert, client, server, source, destination, serverName, certificates } = first;
    const said = alert === "" ? "closed" : (CAUSES.get(alert) ?? "other-alert");
    const cause = seenCause(said, doubtsOf(first)) ?? said;
    const needsLog = cause === "closed" || cause === "handshake-failure" || cause !== said;
    const missing: Missing[] = needsLog ? [connectionLog(source)] : [];
    return {
      verdict: cause !== said ? "likely" : cause === "closed" ? "indeterminate" : "certain",
      cause,
      evidence: certificates === undefined ? [first] : [certificates, first],
      missing,
      citations: ABOUT_NAMES.has(cause) ? ["RFC 5922 §7"] : [],
      values: {
        client: client.text,
        server: server.text,
        ender: source.text,
        other: destination.text,
        alert,
        serverName,
        count,
        ...certificateValues(first),
      },
    };
  },
};

const ABOUT_NAMES: ReadonlySet<Cause> = new Set<Cause>(["unrecognized-name", "bad-certificate", "name-mismatch"]);

/** What the certificate shown tells about an end that gives no reason, or only that it does not like it. */
function seenCause(said: Cause, doubts: CertificateDoubts | undefined): Cause | undefined {
  if (doubts === undefined) return undefined;
  if (said === "certificate-expired") return doubts.isOutOfDate ? undefined : "clock-wrong";
  if (said !== "closed" && said !== "bad-certificate") return undefined;
  if (doubts.isOutOfDate) return "certificate-out-of-date";
  return doubts.isForOtherNames ? "name-mismatch" : undefined;
}

function certificateValues({ certificates, timeMicros }: TlsFailure): Record<CertificateValue, string> {
  if (certificates === undefined) return { certificateNames: "", validFrom: "", validUntil: "", capturedOn: "" };
  const { chain } = certificates;
  // Of a chain the time in which all of it is valid.
  return {
    certificateNames: listed(namesOf(chain[0]).slice(0, MOST_NAMES)),
    validFrom: isoDate(Math.max(...chain.map(({ notBeforeMicros }) => notBeforeMicros))),
    validUntil: isoDate(Math.min(...chain.map(({ notAfterMicros }) => notAfterMicros))),
    capturedOn: isoDate(timeMicros),
  };
}

type CertificateValue = "certificateNames" | "validFrom" | "validUntil" | "capturedOn";
/** As many as a sentence bears. */
const MOST_NAMES = 6;
