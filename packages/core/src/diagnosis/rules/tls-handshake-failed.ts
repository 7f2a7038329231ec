import type { Missing, Rule } from "../rule.ts";
import { connectionLog } from "../wording.ts";

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
  | "closed";

/** A TLS connection for SIP ended before any SIP could be sent over it. RFC 8446 §6.2, RFC 5922 §7 */
export const tlsHandshakeFailed: Rule<"connection", "tls-handshake-failed"> = {
  id: "tls-handshake-failed",
  inspects: "connection",
  citations: ["RFC 8446 §6.2"],
  check({ first, count }) {
    const { alert, client, server, source, destination, serverName } = first;
    const cause = alert === "" ? "closed" : (CAUSES.get(alert) ?? "other-alert");
    const missing: Missing[] = cause === "closed" || cause === "handshake-failure" ? [connectionLog(source)] : [];
    return {
      verdict: cause === "closed" ? "indeterminate" : "certain",
      cause,
      evidence: [first],
      missing,
      citations: cause === "unrecognized-name" || cause === "bad-certificate" ? ["RFC 5922 §7"] : [],
      values: {
        client: client.text,
        server: server.text,
        ender: source.text,
        other: destination.text,
        alert,
        serverName,
        count,
      },
    };
  },
};
