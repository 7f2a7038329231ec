import type { Origin } from "../call/origin.ts";
import type { Incident } from "../capture/incident.ts";
import type {
  ConnectivityChecks,
  DtlsHandshake,
  NetworkEvent,
  Packet,
  RtpStream,
  SeenCertificates,
} from "../network/packet.ts";
import type { Certificate } from "../network/tls/certificate.ts";
import type { FindingRecord, OriginRecord } from "./callRecord.ts";
import type { Finding } from "./diagnose.ts";
import { secondsOf } from "./elapsed.ts";
import type { KeyedFinding } from "./findingKey.ts";
import { isoDate, isoTime } from "./isoTime.ts";
import { connectionEnd } from "./connectionEnd.ts";
import { headerFieldQuote } from "./quote.ts";
import type { EvidenceReport } from "./report.ts";
import type { Evidence } from "./rule.ts";

/** What tells a finding apart in an overview. */
export function findingShape({ rule, draft }: Finding): KeyedFinding {
  const { cause, verdict, origin, element } = draft;
  const told = origin && { address: origin.endpoint.text };
  return { rule: rule.id, cause, statusCode: statusCodeOf(draft), verdict, origin: told, element: element?.text };
}

/** What is kept of a finding when its messages are let go. */
export function recordFinding({ rule, draft }: Finding): FindingRecord {
  const { cause, verdict, values, missing, readings, citations, origin, element } = draft;
  return {
    rule: rule.id,
    cause,
    verdict,
    statusCode: statusCodeOf(draft),
    origin: origin && recordOrigin(origin),
    element: element?.text,
    evidence: draft.evidence.map(reportEvidence),
    missing,
    readings,
    citations,
    values: shownValues(values),
  };
}

/** How long something took is not known where a message has no time. */
function shownValues(values: FindingRecord["values"]): FindingRecord["values"] {
  if (!hasNaN(values)) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number.isNaN(value) ? "?" : value]));
}

function hasNaN(values: FindingRecord["values"]): boolean {
  for (const name in values) if (Number.isNaN(values[name])) return true;
  return false;
}

function statusCodeOf({ statusCode, response }: Finding["draft"]): number | undefined {
  const code = statusCode ?? response?.statusCode;
  return code === undefined || code < 0 ? undefined : code;
}

function recordOrigin({ endpoint, orBehind, product, basis }: Origin): OriginRecord {
  return { address: endpoint.text, orBehind, product, basis };
}

export function reportEvidence(evidence: Evidence): EvidenceReport {
  if ("packet" in evidence) return at(evidence.packet, evidence.startLine);
  if ("message" in evidence) return at(evidence.message.packet, headerFieldQuote(evidence));
  if ("count" in evidence) return incidentEvidence(evidence);
  return at(evidence, quoteOf(evidence));
}

function quoteOf(event: NetworkEvent | SeenCertificates): string {
  if (event.kind === "tls-certificates") return certificateQuote(event.chain[0]);
  if (event.kind === "icmp-unreachable") return `ICMP ${event.reason} unreachable, from ${event.reporter}`;
  if (event.kind === "tls-alert") return `TLS Alert: ${event.alert}, from ${event.source.text}`;
  if ("answer" in event && event.kind !== "tls-closed") return event.answer;
  if (event.kind === "rtp-stream") return streamQuote(event);
  if (event.kind === "connectivity-checks") return checksQuote(event);
  if (event.kind === "dtls-handshake") return handshakeQuote(event);
  const sender = `from ${event.source.text}`;
  if (event.kind === "connection-unanswered")
    return `${event.transport === "sctp" ? "SCTP INIT" : "TCP SYN"}, sent again, ${sender}`;
  if (event.kind === "connection-unacknowledged")
    return `${event.transport.toUpperCase()} retransmission ${event.times}, ${sender}`;
  if (event.kind === "connection-stalled") return `TCP zero window, ${sender}`;
  if (event.kind === "connection-misframed") return `Content-Length: ${event.announced}`;
  return "by" in event || event.kind === "connection-reset"
    ? `${connectionEnd(event)}, ${sender}`
    : `TCP FIN or RST, ${sender}`;
}

function streamQuote(stream: RtpStream): string {
  const { protocol, source, destination, packets, firstMicros, timeMicros, payloadTypes } = stream;
  const sent = `${packets} packets in ${secondsOf(firstMicros, timeMicros)} s`;
  const types = payloadTypes.length === 0 ? "" : `, payload type ${payloadTypes.join(", ")}`;
  return `${protocol} from ${source.text} to ${destination.text}: ${sent}${types}`;
}

function checksQuote({ source, destination, checks, successes, errors, errorCode }: ConnectivityChecks): string {
  const failed = errors === 0 ? "" : `, ${errors} errors ${errorCode}`;
  return `STUN checks from ${source.text} to ${destination.text}: ${checks} sent, ${successes} answered${failed}`;
}

function handshakeQuote(handshake: DtlsHandshake): string {
  const { source, destination, hellos, isAnswered, alert, isSealed, isAlertOfServer } = handshake;
  const ender = isAlertOfServer ? destination : source;
  if (alert !== "" || isSealed) return `DTLS Alert${isSealed ? ", encrypted" : `: ${alert}`}, from ${ender.text}`;
  const answer = isAnswered ? "answered" : "no answer";
  return `DTLS ClientHello from ${source.text} to ${destination.text}: ${hellos} sent, ${answer}`;
}

function certificateQuote({ subject, names, issuer, notBeforeMicros, notAfterMicros }: Certificate): string {
  const whom = [subject, ...names].filter((name) => name !== "").join(", ");
  return `TLS Certificate: ${whom}; issued by ${issuer}; valid ${isoDate(notBeforeMicros)} to ${isoDate(notAfterMicros)}`;
}

function incidentEvidence(incident: Incident): EvidenceReport {
  return { capture: incident.capture, frame: incident.frame ?? 0, time: "", quote: "" };
}

type Place = Pick<Packet, "capture" | "frame" | "timeMicros" | "untimed">;

function at({ capture, frame, timeMicros, untimed }: Place, quote: string): EvidenceReport {
  return { capture, frame, time: untimed === true ? "" : isoTime(timeMicros), quote };
}
