import { CR, isBlank, isTokenCode, LF } from "../bytes/ascii.ts";
import { startsWithIgnoringCase } from "../bytes/startsWithIgnoringCase.ts";
import { START_LINE_BYTES } from "./limits.ts";

/**
 * True if `bytes[start, end)` starts with what is meant as a SIP start line: a request line that ends in a SIP version, any version,
 * or something that starts as a status line does. Whether it is a correct one, the message stage says. RFC 3261 §7.1, §7.2.
 *
 * `cut`: the capture does not have the end of the line, so a request line may end early.
 */
export function isSipStart(bytes: Uint8Array, start: number, end: number, cut: boolean): boolean {
  const uri = endOfMethod(bytes, start, end);
  if (uri < 0) return isStatusLine(bytes, start, end);
  const lineEnd = endOfLine(bytes, uri, Math.min(end, start + START_LINE_BYTES));
  if (endsInSipVersion(bytes, uri, lineEnd)) return true;
  if (cut && lineEnd === end) return startsWithSipScheme(bytes, uri, end);
  return false;
}

/** True if two of the header fields that every message has are among the first lines. RFC 3261 §8.1.1. */
export function hasSipFields(bytes: Uint8Array, start: number, end: number): boolean {
  const limit = Math.min(end, start + START_LINE_BYTES);
  let found = 0;
  for (let line = start; line < limit; line = endOfLine(bytes, line, limit) + 1) {
    found |= fieldBit(bytes, line, limit);
    if ((found & (found - 1)) !== 0) return true;
  }
  return false;
}

/** True if a line of the shape `token:` starts at `start`. */
export function isHeaderLine(bytes: Uint8Array, start: number, end: number): boolean {
  let position = start;
  while (position < end && isTokenCode(bytes[position])) position++;
  if (position === start) return false;
  while (position < end && isBlank(bytes[position])) position++;
  return position < end && bytes[position] === 0x3a;
}

/** Offset of the CR or LF that ends the line, or `end`. */
export function endOfLine(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && bytes[position] !== LF && bytes[position] !== CR) position++;
  return position;
}

function isStatusLine(bytes: Uint8Array, start: number, end: number): boolean {
  return (bytes[start] | 0x20) === 0x73 && startsWithIgnoringCase(bytes, start, end, "sip/");
}

const METHOD_LIMIT = 64;

/** Offset of what follows the method and a blank, or -1. */
function endOfMethod(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && isTokenCode(bytes[position])) position++;
  if (position === start || position - start > METHOD_LIMIT || position >= end) return -1;
  return isBlank(bytes[position]) ? position + 1 : -1;
}

/** Read backwards from the end of the line: digits and dots, then `/PIS`, then a blank. */
function endsInSipVersion(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  let position = lineEnd - 1;
  while (position >= start && isBlank(bytes[position])) position--;
  while (position >= start && ((bytes[position] >= 0x30 && bytes[position] <= 0x39) || bytes[position] === 0x2e))
    position--;
  const version = position - 3;
  return version >= start && isBlank(bytes[version - 1]) && startsWithIgnoringCase(bytes, version, lineEnd, "sip/");
}

function startsWithSipScheme(bytes: Uint8Array, start: number, end: number): boolean {
  return SCHEMES.some((scheme) => startsWithIgnoringCase(bytes, start, end, scheme));
}

const SCHEMES: readonly string[] = ["sip:", "sips:", "tel:"];

/** One bit for each of Via, Call-ID and CSeq; 0 for any other line. */
function fieldBit(bytes: Uint8Array, line: number, end: number): number {
  switch (bytes[line] | 0x20) {
    case 0x76:
      return isField(bytes, line, end, "via") || isField(bytes, line, end, "v") ? 1 : 0;
    case 0x63:
      if (isField(bytes, line, end, "call-id")) return 2;
      return isField(bytes, line, end, "cseq") ? 4 : 0;
    case 0x69:
      return isField(bytes, line, end, "i") ? 2 : 0;
    default:
      return 0;
  }
}

/** True where the line after the first one is a Via, as far as it is there. */
export function hasVia(bytes: Uint8Array, start: number, end: number): boolean {
  let line = endOfLine(bytes, start, end);
  while (line < end && (bytes[line] === LF || bytes[line] === CR)) line++;
  return isField(bytes, line, end, "via") || isField(bytes, line, end, "v");
}

/** True if the line is the header field of that name, which is given in lower case. */
export function isField(bytes: Uint8Array, line: number, end: number, name: string): boolean {
  if (!startsWithIgnoringCase(bytes, line, end, name)) return false;
  let position = line + name.length;
  while (position < end && isBlank(bytes[position])) position++;
  return position < end && bytes[position] === 0x3a;
}
