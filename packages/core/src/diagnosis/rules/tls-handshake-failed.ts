import type { TlsFailure } from "../../network/packet.ts";
import { isoDate } from "../isoTime.ts";
import { isTlsFailure } from "../networkEvents.ts";
import type { Missing, Rule } from "../rule.ts";
import { beside, connectionLog } from "../missing.ts";
import { listed } from "../wording.ts";
import { lastVouched, namesOf } from "./shownCertificate.ts";
import { tlsFailureCause } from "./tlsFailureCause.ts";

/** A TLS connection for SIP ended before any SIP could be sent over it. RFC 8446 §6.2, RFC 5922 §7 */
export const tlsHandshakeFailed: Rule<"connection", "tls-handshake-failed"> = {
  id: "tls-handshake-failed",
  inspects: "connection",
  citations: ["RFC 8446 §6.2"],
  check({ first, count }) {
    if (!isTlsFailure(first)) return undefined;
    const { alert, client, server, source, destination, serverName, certificates } = first;
    const { cause, verdict } = tlsFailureCause(first);
    const log = cause === "hello-unanswered" ? beside(server) : connectionLog(source);
    const missing: Missing[] = verdict === "certain" && !LEFT_OPEN.has(cause) ? [] : [log];
    return {
      verdict,
      cause,
      evidence: certificates === undefined ? [first] : [certificates, first],
      missing,
      citations: CITATIONS.get(cause) ?? [],
      values: {
        client: client.text,
        server: server.text,
        ender: source.text,
        other: destination.text,
        alert,
        how: howOf(first),
        serverName,
        count,
        chosenVersion: orNone(first.chosenVersion),
        version: orNone(source === server ? first.offeredVersion : first.chosenVersion),
        ...certificateValues(first),
      },
    };
  },
};

/** Alerts that leave more than one reason. */
const LEFT_OPEN: ReadonlySet<string> = new Set(["handshake-failure"]);

const CITATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["unrecognized-name", ["RFC 5922 §7"]],
  ["bad-certificate", ["RFC 5922 §7"]],
  ["name-mismatch", ["RFC 5922 §7"]],
  ["self-signed", ["RFC 5280 §3.2"]],
  ["chain-incomplete", ["RFC 8446 §4.4.2"]],
  ["certificate-required", ["RFC 8446 §4.4.2.4"]],
  ["client-certificate-refused", ["RFC 8446 §4.4.2.4"]],
]);

function howOf({ kind, isSealed }: TlsFailure): "alert" | "sealed" | "closed" {
  if (isSealed) return "sealed";
  return kind === "tls-alert" ? "alert" : "closed";
}

function certificateValues({ certificates, timeMicros }: TlsFailure): Record<CertificateValue, string> {
  if (certificates === undefined) return NO_CERTIFICATE;
  const { chain } = certificates;
  const { issuer, issuerAddress } = lastVouched(chain);
  // Of a chain the time in which all of it is valid.
  return {
    certificateNames: listed(namesOf(chain[0]).slice(0, MOST_NAMES)),
    issuer: orNone(issuer),
    issuerAddress: orNone(issuerAddress),
    validFrom: isoDate(Math.max(...chain.map(({ notBeforeMicros }) => notBeforeMicros))),
    validUntil: isoDate(Math.min(...chain.map(({ notAfterMicros }) => notAfterMicros))),
    capturedOn: isoDate(timeMicros),
  };
}

type CertificateValue = "certificateNames" | "issuer" | "issuerAddress" | "validFrom" | "validUntil" | "capturedOn";
const NO_CERTIFICATE: Record<CertificateValue, string> = {
  certificateNames: "",
  issuer: "none",
  issuerAddress: "none",
  validFrom: "",
  validUntil: "",
  capturedOn: "",
};
/** As many as a sentence bears. */
const MOST_NAMES = 6;

function orNone(text: string): string {
  return text === "" ? "none" : text;
}
