import { CR, LF } from "../bytes/ascii.ts";
import type { Span } from "../bytes/span.ts";
import { decodeText } from "../bytes/text.ts";
import { contentType } from "./contentType.ts";
import { type MediaType, parseMediaType } from "./mediaType.ts";
import type { SipMessage } from "./message.ts";
import { unfold } from "./unfold.ts";

/** A body, or one part of a multipart body. */
export interface BodyPart {
  /** Absent where no type is given. */
  readonly contentType?: MediaType;
  /** Offsets from the start of the message. */
  readonly span: Span;
}

/** More parts, or parts nested deeper, are not read. */
const MOST_PARTS = 64;
const DEEPEST = 4;

/** The body of a message, or the parts of a multipart body in order, those of nested ones included. RFC 2046 §5.1, RFC 5621 §4 */
export function bodyParts(message: SipMessage): readonly BodyPart[] {
  const span = message.body;
  if (span.end <= span.start) return [];
  const parts: BodyPart[] = [];
  addParts(message, { contentType: message.first(contentType), span }, parts, 0);
  return parts;
}

/** The text of the first part with this media type, in lower case; `undefined` where there is none. */
export function partText(message: SipMessage, mediaType: string): { text: string; span: Span } | undefined {
  const part = bodyParts(message).find(({ contentType: type }) => type?.mediaType === mediaType);
  if (part === undefined) return undefined;
  const { bytes, start } = message.packet;
  return { text: decodeText(bytes, start + part.span.start, start + part.span.end), span: part.span };
}

function addParts(message: SipMessage, part: BodyPart, parts: BodyPart[], depth: number): void {
  const boundary = part.contentType?.params.get("boundary") ?? "";
  if (part.contentType?.type !== "multipart" || boundary === "" || depth >= DEEPEST) {
    if (parts.length < MOST_PARTS) parts.push(part);
    return;
  }
  for (const span of splitParts(message, part.span, `--${boundary}`)) {
    if (parts.length >= MOST_PARTS) return;
    addParts(message, readPart(message, span), parts, depth + 1);
  }
}

/** What is between the delimiter lines. */
function splitParts(message: SipMessage, { start, end }: Span, delimiter: string): Span[] {
  const { bytes, start: base } = message.packet;
  const spans: Span[] = [];
  let partStart = -1;
  for (
    let line = start;
    line < end && spans.length < MOST_PARTS;
    line = lineAfter(bytes, base + line, base + end) - base
  ) {
    if (!startsWith(bytes, base + line, base + end, delimiter)) continue;
    if (partStart >= 0) spans.push({ start: partStart, end: beforeLineEnd(bytes, base, partStart, line) });
    const after = base + line + delimiter.length;
    if (bytes[after] === 45 && bytes[after + 1] === 45 && after + 1 < base + end) return spans;
    partStart = lineAfter(bytes, base + line, base + end) - base;
  }
  if (partStart >= 0 && partStart < end) spans.push({ start: partStart, end });
  return spans;
}

/** The header of a part, of which only Content-Type is read, and its body. */
function readPart(message: SipMessage, { start, end }: Span): BodyPart {
  const { bytes, start: base } = message.packet;
  let line = base + start;
  let header = "";
  while (line < base + end && bytes[line] !== LF && !(bytes[line] === CR && bytes[line + 1] === LF)) {
    const next = lineAfter(bytes, line, base + end);
    if (header.length < 4096) header += decodeText(bytes, line, next);
    line = next;
  }
  const type = /^(?:content-type|c)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im.exec(header)?.[1];
  const body = Math.min(lineAfter(bytes, line, base + end), base + end);
  return {
    contentType: type === undefined ? undefined : parseMediaType(unfold(type)),
    span: { start: body - base, end },
  };
}

function startsWith(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (start + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

function lineAfter(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] !== LF) i++;
  return Math.min(i + 1, end);
}

/** The line end before a delimiter belongs to it. RFC 2046 §5.1.1 */
function beforeLineEnd(bytes: Uint8Array, base: number, start: number, delimiter: number): number {
  let end = base + delimiter;
  if (end > base + start && bytes[end - 1] === LF) end--;
  if (end > base + start && bytes[end - 1] === CR) end--;
  return end - base;
}
