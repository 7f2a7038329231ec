import { isTokenCode, SPACE } from "../bytes/ascii.ts";
import type { Span } from "../bytes/span.ts";

/** What the start line says. One object, filled again by each reading: read it at once. */
export interface StartLine {
  kind: "request" | "response" | "unversioned" | "none";
  /** Index after the method of a request; -1 where there is none. */
  methodEnd: number;
  /** -1 where it is not three digits. */
  statusCode: number;
}

const line: StartLine = { kind: "none", methodEnd: -1, statusCode: -1 };

/**
 * Tells requests from responses by the place of `SIP/`; `unversioned` is a first line `method something` without a version. What
 * exactly is wrong with a line is found by `checkStartLine`. RFC 3261 §7.1, §7.2
 */
export function readStartLine(bytes: Uint8Array, start: number, end: number): StartLine {
  line.methodEnd = -1;
  line.statusCode = -1;
  if (isSip(bytes, start, end)) {
    line.kind = "response";
    line.statusCode = readStatusCode(bytes, start, end);
    return line;
  }
  let methodEnd = start;
  while (methodEnd < end && isTokenCode(bytes[methodEnd])) methodEnd++;
  if (methodEnd === start || methodEnd === end || bytes[methodEnd] !== SPACE) {
    line.kind = "none";
    return line;
  }
  line.methodEnd = methodEnd;
  const version = versionStart(bytes, methodEnd, end);
  if (version < 0) line.kind = "unversioned";
  else line.kind = isSip(bytes, version, end) ? "request" : "none";
  return line;
}

/** What is between the method and the version. */
export function requestUriSpan(bytes: Uint8Array, start: number, end: number): Span {
  let from = start;
  while (from < end && bytes[from] !== SPACE) from++;
  while (from < end && bytes[from] === SPACE) from++;
  const version = versionStart(bytes, from, end);
  let to = version < 0 ? end : version;
  while (to > from && bytes[to - 1] === SPACE) to--;
  return { start: from, end: to };
}

/** Index of the last word where that looks like `NAME/2.0`, or -1. */
function versionStart(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && bytes[last - 1] <= SPACE) last--;
  let from = last;
  while (from > start && bytes[from - 1] !== SPACE) from--;
  let slash = from;
  while (slash < last && bytes[slash] >= 65 && bytes[slash] <= 122) slash++;
  return slash > from && slash < last && bytes[slash] === 47 ? from : -1;
}

/** `SIP/`, in any case. */
function isSip(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    (bytes[start] | 32) === 115 &&
    (bytes[start + 1] | 32) === 105 &&
    (bytes[start + 2] | 32) === 112 &&
    bytes[start + 3] === 47
  );
}

function readStatusCode(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] !== SPACE) i++;
  while (i < end && bytes[i] === SPACE) i++;
  if (i + 3 > end || (i + 3 < end && bytes[i + 3] !== SPACE)) return -1;
  const hundreds = bytes[i] - 48;
  const tens = bytes[i + 1] - 48;
  const ones = bytes[i + 2] - 48;
  if (hundreds < 0 || hundreds > 9 || tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
  return hundreds * 100 + tens * 10 + ones;
}
