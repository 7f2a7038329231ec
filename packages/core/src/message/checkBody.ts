import type { Anomaly } from "./anomaly.ts";
import { contentLength } from "./contentLength.ts";
import { contentType } from "./contentType.ts";
import type { SipMessage } from "./message.ts";

/** That the body is as long as Content-Length says, and that its type is given. RFC 3261 §18.3, §20.14, §20.15 */
export function checkBody(message: SipMessage, anomalies: Anomaly[]): void {
  if (!message.headerComplete) return;
  const { packet, body } = message;
  const length = message.first(contentLength);
  const present = packet.end - packet.start - body.start;
  if (length !== undefined && (isTooLong(length, present, message) || isTooShort(length, present, message))) {
    const span = message.span(contentLength) ?? body;
    anomalies.push({ kind: "content-length", field: contentLength.name, span, citation: "RFC 3261 §18.3" });
  }
  if (!message.has(contentType) && hasText(message, body.start, body.end)) {
    anomalies.push({ kind: "field-missing", field: contentType.name, span: body, citation: contentType.citation });
  }
}

function isTooLong(length: number, present: number, message: SipMessage): boolean {
  return length > present && !message.packet.cut;
}

/**
 * More octets than it says are no fault where it says that there is no body: they are noise after the message (RFC 4475 §3.1.1.8).
 * Where it says that there is one, its end was cut off.
 */
function isTooShort(length: number, present: number, message: SipMessage): boolean {
  return length > 0 && length < present && hasText(message, message.body.start + length, message.body.start + present);
}

/** True where more than line ends and spaces is there. */
function hasText(message: SipMessage, start: number, end: number): boolean {
  const { bytes, start: base } = message.packet;
  for (let i = base + start; i < base + end; i++) if (bytes[i] > 32) return true;
  return false;
}
