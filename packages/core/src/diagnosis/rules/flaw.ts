import { LF } from "../../bytes/ascii.ts";
import { decodeText } from "../../bytes/text.ts";
import type { Anomaly, AnomalyKind } from "../../message/anomaly.ts";
import type { SipMessage, SipRequest, SipResponse } from "../../message/message.ts";

export type FlawCause = "field-missing" | "field-repeated" | "syntax" | "content-length" | "cseq-method";

/** The one thing in a message that breaks the protocol most. */
export interface MessageFlaw {
  readonly cause: FlawCause;
  readonly anomaly: Anomaly;
  /** The header field, or what else it is in: `start line`, `line end`. */
  readonly field: string;
  /** Both from 1, as an editor counts them. */
  readonly line: number;
  readonly column: number;
  /** The line as it was on the wire. */
  readonly quote: string;
}

const CAUSES: Readonly<Record<AnomalyKind, FlawCause | undefined>> = {
  "start-line": "syntax",
  "status-code": "syntax",
  version: "syntax",
  "field-missing": "field-missing",
  "field-repeated": "field-repeated",
  "field-syntax": "syntax",
  "field-value": "syntax",
  "line-end": "syntax",
  "content-length": "content-length",
  "cseq-method": "cseq-method",
  escape: "syntax",
  octets: "syntax",
  "header-end-missing": "syntax",
  // Our own limit, not the sender's fault.
  limit: undefined,
};

/** Without these a message belongs to no transaction, whatever else it holds. RFC 3261 §8.1.1, §17.1.3 */
const VITAL_FIELDS: ReadonlySet<string> = new Set(["Via", "From", "To", "Call-ID", "CSeq"]);
/** Without these nothing can be sent inside the call. RFC 3261 §12.1 */
const ROUTING_FIELDS: ReadonlySet<string> = new Set(["Contact", "Record-Route", "Route"]);
const VITAL_KINDS: ReadonlySet<AnomalyKind> = new Set([
  "start-line",
  "version",
  "status-code",
  "content-length",
  "cseq-method",
  "header-end-missing",
  "octets",
]);
const LONGEST_QUOTE = 200;

/**
 * The flaw that the refusal names, else the worst one: checking costs as much as parsing all of the message, so ask only about
 * messages that something went wrong with. None in a message that the capture cut short: the fault may be the capture's.
 *
 * @param hint what a refusal says about it, for instance its reason phrase
 */
export function flawOf(message: SipMessage, hint: string = ""): MessageFlaw | undefined {
  if (message.packet.cut) return undefined;
  const flaws = message.anomalies.filter(({ kind }) => CAUSES[kind] !== undefined);
  const named = flaws.find(({ field }) => field !== undefined && mentions(hint, field));
  const anomaly = named ?? flaws.find(isVital) ?? flaws.find(({ kind }) => kind !== "line-end") ?? flaws[0];
  return anomaly === undefined ? undefined : describe(message, anomaly);
}

/** A flaw for which a receiver may drop the message without a word. */
export function vitalFlaw(message: SipMessage): MessageFlaw | undefined {
  if (message.packet.cut) return undefined;
  const anomaly = message.anomalies.find(isVital);
  return anomaly === undefined ? undefined : describe(message, anomaly);
}

/** Copied from the request, as it was there. RFC 3261 §8.2.6.2 */
const COPIED_FIELDS: ReadonlySet<string> = new Set(["Via", "From", "To", "Call-ID", "CSeq"]);

/** The same for a response, without what it had to copy from its request. */
export function vitalFlawOfResponse(response: SipResponse, request: SipRequest | undefined): MessageFlaw | undefined {
  if (response.packet.cut) return undefined;
  const anomaly = response.anomalies.find((each) => isVital(each) && !isCopied(each, request));
  return anomaly === undefined ? undefined : describe(response, anomaly);
}

/** Where the request is not in view, nobody knows. */
function isCopied({ kind, field }: Anomaly, request: SipRequest | undefined): boolean {
  if (field === undefined ? kind !== "octets" : !COPIED_FIELDS.has(field)) return false;
  return request === undefined || request.anomalies.some((other) => other.kind === kind && other.field === field);
}

function isVital({ kind, field }: Anomaly): boolean {
  if (VITAL_KINDS.has(kind)) return true;
  if (kind !== "field-missing" && kind !== "field-syntax" && kind !== "field-repeated") return false;
  // A header line without a name belongs to no field, and ends the header for some parsers.
  return field === undefined || VITAL_FIELDS.has(field) || ROUTING_FIELDS.has(field);
}

/** True where a reason phrase or warning names the field as a word: `Missing Max-Forwards`. */
export function mentions(hint: string, field: string): boolean {
  if (field === "") return false;
  const [text, word] = [hint.toLowerCase(), field.toLowerCase()];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isInWord(text[at - 1]) && !isInWord(text[at + word.length])) return true;
  }
  return false;
}

/** Names of header fields are short, and words of all languages hold them: `Too many`, `gestoppt`. */
function isInWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{M}\p{N}_-]/u.test(character);
}

function describe(message: SipMessage, anomaly: Anomaly): MessageFlaw {
  const { bytes, start } = message.packet;
  const at = start + anomaly.span.start;
  let line = 1;
  let lineStart = start;
  for (let i = start; i < at; i++) {
    if (bytes[i] !== LF) continue;
    line++;
    lineStart = i + 1;
  }
  return {
    cause: CAUSES[anomaly.kind] ?? "syntax",
    anomaly,
    field: anomaly.field ?? nameOf(anomaly.kind),
    line,
    column: at - lineStart + 1,
    quote: lineAt(message, lineStart),
  };
}

function lineAt({ packet: { bytes, end } }: SipMessage, lineStart: number): string {
  const limit = Math.min(end, lineStart + LONGEST_QUOTE);
  let stop = lineStart;
  while (stop < limit && bytes[stop] !== LF) stop++;
  return decodeText(bytes, lineStart, stop).trimEnd();
}

function nameOf(kind: AnomalyKind): string {
  if (kind === "start-line" || kind === "status-code" || kind === "version") return "start line";
  return kind === "header-end-missing" ? "CRLF CRLF" : kind === "line-end" ? "CRLF" : "header";
}
