import { COMMA } from "../bytes/ascii.ts";
import type { Anomaly } from "./anomaly.ts";
import { fieldOfId, NO_FIELD } from "./fieldId.ts";
import type { Flaw, HeaderField } from "./headerField.ts";
import type { SipMessage } from "./message.ts";
import { splitOutside } from "./splitOutside.ts";
import { isToken } from "./token.ts";

/** Each header line by itself, and fields that occur again though they may not. RFC 3261 §7.3.1, §20 */
export function checkFields(message: SipMessage, anomalies: Anomaly[]): void {
  const seen = new Set<number>();
  for (let line = 0; line < message.lineCount; line++) {
    const id = message.lineId(line);
    const field = fieldOfId(id);
    if (field === undefined) {
      checkUnknown(message, line, id, anomalies);
      continue;
    }
    if (field.single && seen.has(id)) add("field-repeated", message, line, field, anomalies);
    seen.add(id);
    const flaw = lineFlaw(field, message.lineValue(line));
    if (flaw !== undefined) add(flaw, message, line, field, anomalies);
  }
}

function checkUnknown(message: SipMessage, line: number, id: number, anomalies: Anomaly[]): void {
  if (id !== NO_FIELD && isToken(message.lineName(line))) return;
  anomalies.push({ kind: "field-syntax", span: message.lineSpan(line), citation: "RFC 3261 §7.3.1" });
}

/**
 * Lines that were checked and found clean, by field: most lines of a message were in the message before it. Forgotten when full, so
 * nothing depends on what is remembered.
 */
const clean: Map<HeaderField<unknown>, Set<string>> = new Map();
const MOST_CLEAN = 512;
const LONGEST_CLEAN = 256;

/** The first thing that is wrong with the value or values of one line. */
function lineFlaw(field: HeaderField<unknown>, text: string): Flaw | undefined {
  let known = clean.get(field);
  if (known === undefined) clean.set(field, (known = new Set()));
  if (known.has(text)) return undefined;
  const flaw = textFlaw(field, text);
  if (flaw !== undefined || text.length > LONGEST_CLEAN) return flaw;
  if (known.size >= MOST_CLEAN) known.clear();
  known.add(text);
  return undefined;
}

function textFlaw(field: HeaderField<unknown>, text: string): Flaw | undefined {
  if (text === "") return field.emptyAllowed ? undefined : "field-syntax";
  if (!field.list) return valueFlaw(field, text);
  for (const value of splitOutside(text, COMMA)) {
    const flaw = valueFlaw(field, value);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function valueFlaw(field: HeaderField<unknown>, text: string): Flaw | undefined {
  const value = field.parse(text);
  return value === undefined ? "field-syntax" : field.flaw?.(text, value);
}

function add(
  kind: Flaw | "field-repeated",
  message: SipMessage,
  line: number,
  field: HeaderField<unknown>,
  anomalies: Anomaly[],
): void {
  anomalies.push({ kind, field: field.name, span: message.lineSpan(line), citation: field.citation });
}
