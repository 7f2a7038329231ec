import { BACKSLASH, CR, LF } from "../bytes/ascii.ts";
import { isUtf8 } from "../bytes/text.ts";
import type { Anomaly } from "./anomaly.ts";
import { callId } from "./callId.ts";
import { contact } from "./contact.ts";
import { contentLength } from "./contentLength.ts";
import { cseq } from "./cseq.ts";
import { from } from "./from.ts";
import type { HeaderField } from "./headerField.ts";
import { LONGEST_MESSAGE } from "./indexMessage.ts";
import { maxForwards } from "./maxForwards.ts";
import type { SipMessage } from "./message.ts";
import { to } from "./to.ts";
import { MAGIC_COOKIE, via } from "./via.ts";

const ALWAYS: readonly HeaderField<unknown>[] = [via, from, to, callId, cseq];

/** The header as a whole: its line ends and octets, and that what must be there is there. */
export function checkHeader(message: SipMessage, anomalies: Anomaly[]): void {
  checkOctets(message, anomalies);
  const whole = { start: 0, end: message.packet.end - message.packet.start };
  if (message.tooManyLines || whole.end > LONGEST_MESSAGE) {
    anomalies.push({ kind: "limit", span: whole, citation: "RFC 3261 §7.3" });
  }
  if (message.headerCut) return;
  if (!message.headerComplete) {
    anomalies.push({ kind: "header-end-missing", span: { start: whole.end, end: whole.end }, citation: "RFC 3261 §7" });
  }
  for (const field of mandatoryFields(message)) {
    if (message.has(field)) continue;
    anomalies.push({ kind: "field-missing", field: field.name, span: message.startLineSpan, citation: field.citation });
  }
  checkTags(message, anomalies);
  if (message.kind === "request" && message.has(cseq) && message.cseqMethod !== message.method) {
    const span = message.span(cseq) ?? message.startLineSpan;
    anomalies.push({ kind: "cseq-method", field: cseq.name, span, citation: "RFC 3261 §8.1.1.5" });
  }
}

/** A sender without the branch cookie follows RFC 2543, which asks for less. RFC 3261 §8.1.1, §8.1.1.7, §8.1.1.8, §20.14 */
function mandatoryFields(message: SipMessage): readonly HeaderField<unknown>[] {
  const fields = [...ALWAYS];
  const { transport } = message.packet;
  if (transport === "tcp" || transport === "tls") fields.push(contentLength);
  if (message.kind !== "request" || !message.branch.startsWith(MAGIC_COOKIE)) return fields;
  fields.push(maxForwards);
  if (message.method === "INVITE") fields.push(contact);
  return fields;
}

/** RFC 3261 §8.1.1.3, §8.2.6.2 */
function checkTags(message: SipMessage, anomalies: Anomaly[]): void {
  if (!message.branch.startsWith(MAGIC_COOKIE)) return;
  if (message.fromTag === "" && message.has(from)) {
    const span = message.span(from) ?? message.startLineSpan;
    anomalies.push({ kind: "field-syntax", field: from.name, span, citation: "RFC 3261 §8.1.1.3" });
  }
  if (message.kind === "response" && message.statusCode > 100 && message.toTag === "" && message.has(to)) {
    const span = message.span(to) ?? message.startLineSpan;
    anomalies.push({ kind: "field-syntax", field: to.name, span, citation: "RFC 3261 §8.2.6.2" });
  }
}

/** NUL stands in a header only escaped, all text is UTF-8, and lines end with CR and LF. RFC 3261 §7, §25.1 */
function checkOctets(message: SipMessage, anomalies: Anomaly[]): void {
  const { bytes, start } = message.packet;
  const end = start + message.body.start;
  let lineEnd = -1;
  let octet = -1;
  let ascii = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === LF) {
      if (lineEnd < 0 && bytes[i - 1] !== CR) lineEnd = i;
    } else if (byte === CR) {
      if (lineEnd < 0 && i + 1 < end && bytes[i + 1] !== LF) lineEnd = i;
    } else if (byte === 0) {
      if (octet < 0 && bytes[i - 1] !== BACKSLASH) octet = i;
    } else if (byte > 127) ascii = false;
  }
  if (lineEnd >= 0) anomalies.push({ kind: "line-end", span: octetAt(lineEnd - start), citation: "RFC 3261 §7" });
  if (octet >= 0) anomalies.push({ kind: "octets", span: octetAt(octet - start), citation: "RFC 3261 §25.1" });
  if (!ascii && !isUtf8(bytes, start, end)) {
    anomalies.push({ kind: "octets", span: { start: 0, end: end - start }, citation: "RFC 3261 §7" });
  }
}

function octetAt(offset: number): Anomaly["span"] {
  return { start: offset, end: offset + 1 };
}
