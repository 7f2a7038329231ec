/** Alerts that end a handshake, by number. RFC 8446 §6 */
const names: ReadonlyMap<number, string> = new Map([
  [10, "unexpected_message"],
  [20, "bad_record_mac"],
  [22, "record_overflow"],
  [40, "handshake_failure"],
  [41, "no_certificate"],
  [42, "bad_certificate"],
  [43, "unsupported_certificate"],
  [44, "certificate_revoked"],
  [45, "certificate_expired"],
  [46, "certificate_unknown"],
  [47, "illegal_parameter"],
  [48, "unknown_ca"],
  [49, "access_denied"],
  [50, "decode_error"],
  [51, "decrypt_error"],
  [70, "protocol_version"],
  [71, "insufficient_security"],
  [80, "internal_error"],
  [86, "inappropriate_fallback"],
  [90, "user_canceled"],
  [109, "missing_extension"],
  [110, "unsupported_extension"],
  [112, "unrecognized_name"],
  [113, "bad_certificate_status_response"],
  [115, "unknown_psk_identity"],
  [116, "certificate_required"],
  [120, "no_application_protocol"],
]);

/** The name of an alert as the RFCs write it; of an unknown one its number. */
export function tlsAlertName(alert: number): string {
  return names.get(alert) ?? String(alert);
}

/** What a server tells when it does not accept the certificate of its client, or misses it. */
const aboutCertificate: ReadonlySet<number> = new Set([42, 43, 44, 45, 46, 48, 49, 116]);

export function isAboutCertificate(alert: number): boolean {
  return aboutCertificate.has(alert);
}
