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
/** Without it nobody knows where a message ends on a connection; elsewhere it may be left out. RFC 3261 §18.3 */
const FRAMING_FIELD = "Content-Length";
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
 * @param hint what a refusal says about it, its reason phrase and warnings, a line each
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
  return field === undefined || field === FRAMING_FIELD || VITAL_FIELDS.has(field) || ROUTING_FIELDS.has(field);
}

/** True where a line of the hint, a reason phrase or the text of a warning, names the field: `Missing Max-Forwards`. */
export function mentions(hint: string, field: string): boolean {
  if (field === "") return false;
  const lines = hint.split("\n");
  return ORDINARY_WORD.test(field)
    ? lines.some((line) => namesField(line, field))
    : lines.some((line) => hasWord(line, field));
}

/** `To`, `Date` and `Contact` are words of the language as well; `Call-ID` is not. */
const ORDINARY_WORD = /^[A-Z][a-z]+$/;
const WORD = /[\p{L}\p{M}\p{N}_-]+/gu;
/** `Missing From`, `Bad Contact` */
const BEFORE_NAME: ReadonlySet<string> = new Set(
  "missing invalid bad malformed wrong illegal empty duplicate multiple repeated header field".split(" "),
);
/** `From header`, `To tag` */
const BEHIND_NAME: ReadonlySet<string> = new Set("header headers field hf hdr tag uri url".split(" "));
const JOINING: ReadonlySet<string> = new Set("and or in is".split(" "));

/** True where an ordinary word stands for a header field: as it is written there, and where no sentence would have it. */
function namesField(line: string, field: string): boolean {
  const words = [...line.matchAll(WORD)];
  return words.some(({ 0: word, index }, i) => {
    if (word !== field) return false;
    const next = words[i + 1]?.[0].toLowerCase() ?? "";
    if (BEHIND_NAME.has(next)) return true;
    if (i === 0) return false;
    const before = words[i - 1];
    const ends = next === "" || JOINING.has(next) || isMarked(line[index + word.length]);
    const isNoPlaceForIt = isMarked(line[index - 1]) || isMarked(line[index - 2]) || isLowerCase(before[0]);
    return ends && (isNoPlaceForIt || BEFORE_NAME.has(before[0].toLowerCase()));
  });
}

/** A quotation mark, colon, bracket or the like. */
function isMarked(character: string | undefined): boolean {
  return character !== undefined && character.trim() !== "" && !isInWord(character);
}

function isLowerCase(word: string): boolean {
  return word[0] !== word[0].toUpperCase();
}

function hasWord(line: string, field: string): boolean {
  const [text, word] = [line.toLowerCase(), field.toLowerCase()];
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
