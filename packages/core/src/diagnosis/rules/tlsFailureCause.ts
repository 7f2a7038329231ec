import type { TlsFailure } from "../../network/packet.ts";
import type { Verdict } from "../report.ts";
import type { RuleValues } from "../ruleValues.generated.ts";
import { type CertificateDoubts, doubtsOf } from "./shownCertificate.ts";

type Cause = RuleValues["tls-handshake-failed"]["cause"];

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
/** With which a server may say that it misses the certificate of its client: most have no alert of their own for that. RFC 8446 §4.4.2.4 */
const MAY_MEAN_MISSING: ReadonlySet<string> = new Set(["", "handshake_failure", "bad_certificate", "access_denied"]);

export interface TlsFailureCause {
  readonly cause: Cause;
  readonly verdict: Verdict;
}

/** Why a handshake ended: as the alert says, or as what was seen before tells more. */
export function tlsFailureCause(failure: TlsFailure): TlsFailureCause {
  const { kind, alert, source, server, clientCertificate, isUnheard } = failure;
  if (kind === "tls-foreign") return { cause: "not-tls", verdict: "certain" };
  if (alert === "" && isUnheard) return { cause: "hello-unanswered", verdict: "likely" };
  if (source === server && clientCertificate === "none" && MAY_MEAN_MISSING.has(alert))
    return { cause: "certificate-required", verdict: "likely" };
  const said = alert === "" ? "closed" : (CAUSES.get(alert) ?? "other-alert");
  const seen = seenCause(said, doubtsOf(failure));
  if (seen === "self-signed" && said === "unknown-ca") return { cause: seen, verdict: "certain" };
  if (seen !== undefined) return { cause: seen, verdict: "likely" };
  if (said !== "closed") return { cause: said, verdict: "certain" };
  if (source === server && clientCertificate === "shown")
    return { cause: "client-certificate-refused", verdict: "likely" };
  return { cause: said, verdict: "indeterminate" };
}

/** What the certificate shown tells about an end that gives no reason, or only that it does not like it. */
function seenCause(said: Cause, doubts: CertificateDoubts | undefined): Cause | undefined {
  if (doubts === undefined) return undefined;
  if (said === "certificate-expired") return doubts.isOutOfDate ? undefined : "clock-wrong";
  if (said === "unknown-ca") return vouchedCause(doubts);
  if (said !== "closed" && said !== "bad-certificate") return undefined;
  if (doubts.isOutOfDate) return "certificate-out-of-date";
  return doubts.isForOtherNames ? "name-mismatch" : vouchedCause(doubts);
}

function vouchedCause({ isSelfIssued, lacksIssuer }: CertificateDoubts): Cause | undefined {
  if (isSelfIssued) return "self-signed";
  return lacksIssuer ? "chain-incomplete" : undefined;
}
