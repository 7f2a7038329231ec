import { CR, isBlank, isTokenCode, LF } from "../bytes/ascii.ts";
import { startsWithIgnoringCase } from "../bytes/startsWithIgnoringCase.ts";
import { networkLimits, START_LINE_BYTES, STREAM_SNIFF_BYTES } from "./limits.ts";
import { contentLengthAt, readContentLength } from "./sipContentLength.ts";
import { hasSipFields, hasVia, isField, isHeaderLine, isSipStart } from "./sipStart.ts";
import type { StreamReader } from "./streamReader.ts";
import { UnreadBytes } from "./unreadBytes.ts";

/** Where the end of a message was: in the bytes that came last, before them, or it is missing. */
export type MessageEnd = "latest" | "earlier" | "missing";

export interface SipStreamOptions {
  onMessage(bytes: Uint8Array, start: number, end: number, at: MessageEnd): void;
  /** What follows shows that a message, which comes next or ended earlier, has another number of octets of body than it announced. */
  onMisframed(announced: number, at: MessageEnd): void;
  onLimit(limit: "sip-header-bytes" | "sip-body-bytes"): void;
}

/**
 * Frames SIP messages out of a stream by Content-Length. RFC 3261 §18.3. When it does not know where a message begins (after a hole,
 * or where the capture began late) it looks for the next start line. A message inside one segment is not copied.
 */
export class SipStream implements StreamReader {
  confirmed = false;
  done = false;
  readonly #options: SipStreamOptions;
  /** Emitted bytes lie before it. */
  readonly #unread: UnreadBytes = new UnreadBytes();
  /** How many bytes were there before what was pushed last. */
  #known = 0;
  /** False while looking for a start line. */
  #inSync: boolean;
  /** While looking: true where a line may begin. */
  #atLineStart = true;
  #discarded = 0;
  // The message being read, as offsets from its first byte, so that bytes that trickle in are looked at once.
  #looked = 0;
  #line = 0;
  #headerLength = -1;
  #bodyLength = 0;
  #contentLengthAt = -1;
  /** The octets that a message announced whose rest was given up, until something follows. */
  #givenUp: number | undefined;
  /** Its start line is doubtful; it is a message only if it has SIP's header fields. */
  #doubtful = false;

  /** `fromStart`: the first bytes are the first of the connection. */
  constructor(options: SipStreamOptions, fromStart: boolean) {
    this.#options = options;
    this.#inSync = fromStart;
  }

  /** It has the beginning of a message. */
  get isInMessage(): boolean {
    return this.#inSync && !this.#unread.isEmpty;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const unread = this.#unread;
    this.#known = unread.end - unread.start;
    if (this.#givenUp !== undefined) this.#noteNext(this.#givenUp, bytes, start, end);
    if (unread.isEmpty) {
      const read = this.#read(bytes, start, end);
      if (read === end || this.done) return;
      unread.forget();
      unread.append(bytes, read, end);
      return;
    }
    unread.append(bytes, start, end);
    unread.start = this.#read(unread.bytes, unread.start, unread.end);
    if (unread.isEmpty || this.done) unread.forget();
  }

  gap(): void {
    this.close(false);
    this.#loseStep();
  }

  giveUp(): void {
    const isInBody = this.#inSync && this.#headerLength >= 0;
    this.#givenUp = isInBody ? this.#bodyLength : undefined;
    this.close(true);
    this.#loseStep();
  }

  close(isEnd: boolean): void {
    const { bytes, start, end } = this.#unread;
    const isMessage = start < end && this.#isBegun(bytes, start, end);
    this.#unread.forget();
    this.#startAnew();
    if (isMessage) this.#emit(bytes, start, end, isEnd ? "latest" : "missing");
  }

  /** What has come of it shows a message: its start line, and where that was looked for its first fields, as far as they are there. */
  #isBegun(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#inSync || (this.#line === 0 && this.#headerLength < 0)) return isSipStart(bytes, start, end, true);
    return !this.#doubtful || hasSipFields(bytes, start, end) || hasVia(bytes, start, end);
  }

  /** The rest did not come: what does begins the next message. */
  #noteNext(announced: number, bytes: Uint8Array, start: number, end: number): void {
    const line = skipKeepAlive(bytes, start, end);
    if (line === end) return;
    this.#givenUp = undefined;
    if (isSipStart(bytes, line, end, false)) this.#options.onMisframed(announced, "earlier");
  }

  /** Gives the offset of the first byte that must come again with more behind it. */
  #read(bytes: Uint8Array, start: number, end: number): number {
    let position = start;
    while (position < end && !this.done) {
      if (this.#inSync && this.#looked === 0) position = skipKeepAlive(bytes, position, end);
      if (position === end) break;
      const next = this.#inSync ? this.#readMessage(bytes, position, end) : this.#search(bytes, position, end);
      if (next === WAIT) return position;
      position = next;
    }
    return position;
  }

  #readMessage(bytes: Uint8Array, start: number, end: number): number {
    if (this.#headerLength < 0) {
      const next = this.#readHeader(bytes, start, end);
      if (this.#headerLength < 0) return next;
    }
    const announcedEnd = start + this.#headerLength + this.#bodyLength;
    const isComplete = announcedEnd <= end;
    const next = this.#startInBody(bytes, start, announcedEnd, end);
    if (next < 0 && !isComplete) return this.#waitForBody(bytes, start, end);
    const messageEnd = next >= 0 ? next : this.#bodyLength > 0 ? endOfRest(bytes, announcedEnd, end) : announcedEnd;
    const at = this.#known > 0 && messageEnd <= this.#unread.start + this.#known ? "earlier" : "latest";
    if (messageEnd !== announcedEnd) this.#options.onMisframed(this.#bodyLength, at);
    this.#startAnew();
    this.#emit(bytes, start, messageEnd, at);
    return messageEnd;
  }

  #waitForBody(bytes: Uint8Array, start: number, end: number): number {
    const headerEnd = start + this.#headerLength;
    if (end - headerEnd <= networkLimits["sip-body-bytes"]) return WAIT;
    this.#options.onLimit("sip-body-bytes");
    this.#emit(bytes, start, headerEnd, "missing");
    return this.#lose(end);
  }

  /** Where the next message begins inside of what this one says is its body, or -1: not where it ends as it should, with a line end before the next one. */
  #startInBody(bytes: Uint8Array, start: number, announcedEnd: number, end: number): number {
    const isFollowed = announcedEnd <= end && mayStart(bytes, announcedEnd, end);
    if (isFollowed && (announcedEnd === end || this.#bodyLength === 0 || bytes[announcedEnd - 1] === LF)) return -1;
    for (let line = start + this.#line; line < announcedEnd; line = start + this.#line) {
      const lineEnd = indexOfLineFeed(bytes, start + this.#looked, end);
      this.#looked = (lineEnd < 0 ? end : lineEnd) - start;
      if (lineEnd < 0) return -1;
      const follower = isSipStart(bytes, line, lineEnd, false) ? headerLineAfter(bytes, lineEnd + 1, end) : "other";
      if (follower === "unknown") return -1;
      if (follower === "header" && this.#mayNotQuote(bytes, start, isFollowed)) return line;
      this.#looked = this.#line = (follower === "header" ? announcedEnd : lineEnd + 1) - start;
    }
    return -1;
  }

  /** No start line is in a session description; a text may quote one. RFC 8866 §5 */
  #mayNotQuote(bytes: Uint8Array, start: number, isFollowed: boolean): boolean {
    const headerEnd = start + this.#headerLength;
    const line = contentTypeAt(bytes, start, headerEnd);
    if (line < 0) return !isFollowed;
    let value = bytes.indexOf(0x3a, line) + 1;
    while (isBlank(bytes[value])) value++;
    return startsWithIgnoringCase(bytes, value, headerEnd, "application/sdp");
  }

  /** Sets `#headerLength` when the header is complete; otherwise gives the offset to go on from, or `WAIT`. */
  #readHeader(bytes: Uint8Array, start: number, end: number): number {
    if (!isTokenCode(bytes[start])) return this.#lose(start);
    for (;;) {
      const lineEnd = indexOfLineFeed(bytes, start + this.#looked, end);
      const line = start + this.#line;
      if (lineEnd < 0) return this.#waitForLine(start, end);
      this.#looked = lineEnd + 1 - start;
      if (lineEnd === line || (lineEnd === line + 1 && bytes[line] === CR)) break;
      if (this.#line === 0) {
        if (!this.#acceptStartLine(bytes, start, lineEnd)) return this.#lose(start);
      } else if (this.#doubtful && isSipStart(bytes, line, lineEnd, false)) return this.#lose(line);
      else if (this.#contentLengthAt < 0) this.#contentLengthAt = contentLengthAt(bytes, line, lineEnd, start);
      this.#line = this.#looked;
    }
    return this.#endHeader(bytes, start, end);
  }

  #waitForLine(start: number, end: number): number {
    this.#looked = end - start;
    if (this.#line === 0 && this.#looked > START_LINE_BYTES) return this.#lose(start);
    if (this.#looked <= networkLimits["sip-header-bytes"]) return WAIT;
    this.#options.onLimit("sip-header-bytes");
    return this.#lose(start + this.#line);
  }

  #acceptStartLine(bytes: Uint8Array, start: number, lineEnd: number): boolean {
    if (isSipStart(bytes, start, lineEnd, false)) return true;
    this.#doubtful = true;
    return this.confirmed;
  }

  #endHeader(bytes: Uint8Array, start: number, end: number): number {
    const headerEnd = start + this.#looked;
    if (this.#doubtful && !hasSipFields(bytes, start, headerEnd)) return this.#lose(headerEnd);
    this.#headerLength = this.#line = this.#looked;
    const contentLength =
      this.#contentLengthAt < 0 ? -1 : readContentLength(bytes, start + this.#contentLengthAt, headerEnd);
    this.#bodyLength = contentLength < 0 ? unannouncedBodyLength(bytes, start, headerEnd, end) : contentLength;
    return start;
  }

  /** From here on looks for a start line, `position` being the first place where one may be. */
  #lose(position: number): number {
    this.#startAnew();
    this.#loseStep();
    return position;
  }

  #loseStep(): void {
    this.#inSync = false;
    this.#atLineStart = true;
  }

  /** Looks for a start line followed by a header field; a start line alone may be the body of a message/sipfrag. RFC 3420. */
  #search(bytes: Uint8Array, start: number, end: number): number {
    let position = start;
    while (position < end) {
      const lineEnd = indexOfLineFeed(bytes, position, end);
      if (this.#atLineStart && isTokenCode(bytes[position])) {
        if (lineEnd < 0 && end - position <= START_LINE_BYTES) return this.#discard(start, position, WAIT);
        if (lineEnd >= 0 && isSipStart(bytes, position, lineEnd, false)) {
          const follower = headerLineAfter(bytes, lineEnd + 1, end);
          if (follower === "unknown") return this.#discard(start, position, WAIT);
          if (follower === "header") return this.#find(start, position);
        }
      }
      this.#atLineStart = lineEnd >= 0;
      position = lineEnd < 0 ? end : lineEnd + 1;
    }
    return this.#discard(start, end, end);
  }

  #find(start: number, position: number): number {
    this.#discarded += position - start;
    this.#inSync = true;
    this.#doubtful = true;
    return position;
  }

  /** Counts what is passed over. A wait keeps bytes only from `position` on, if any before it were passed. */
  #discard(start: number, position: number, result: number): number {
    this.#discarded += position - start;
    if (!this.confirmed && this.#discarded > STREAM_SNIFF_BYTES) this.done = true;
    return result === WAIT && position > start ? position : result;
  }

  #emit(bytes: Uint8Array, start: number, end: number, at: MessageEnd): void {
    this.confirmed = true;
    this.#options.onMessage(bytes, start, end, at);
  }

  #startAnew(): void {
    this.#looked = 0;
    this.#line = 0;
    this.#headerLength = -1;
    this.#bodyLength = 0;
    this.#contentLengthAt = -1;
    this.#doubtful = false;
  }
}

/** Instead of an offset: the same bytes must come again with more behind them. */
const WAIT = -1;

/** CRLF between messages (RFC 5626 §3.5.1), and NULs that some send instead. */
function skipKeepAlive(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && (bytes[position] === CR || bytes[position] === LF || bytes[position] === 0)) position++;
  return position;
}

function indexOfLineFeed(bytes: Uint8Array, start: number, end: number): number {
  for (let position = start; position < end; position++) if (bytes[position] === LF) return position;
  return -1;
}

function headerLineAfter(bytes: Uint8Array, start: number, end: number): "header" | "other" | "unknown" {
  if (isHeaderLine(bytes, start, end)) return "header";
  return indexOfLineFeed(bytes, start, end) < 0 && end - start <= 64 ? "unknown" : "other";
}

/**
 * The body of a message that does not say how long it is. RFC 3261 §18.3 makes that an error; Deviation: if a Content-Type announces
 * a body, it is what has come up to the next start line, so that the session description of a careless sender is not lost.
 */
function unannouncedBodyLength(bytes: Uint8Array, start: number, headerEnd: number, end: number): number {
  if (!hasContentType(bytes, start, headerEnd)) return 0;
  for (let line = headerEnd; line < end;) {
    const lineEnd = indexOfLineFeed(bytes, line, end);
    if (lineEnd < 0) break;
    if (isSipStart(bytes, line, lineEnd, false)) return line - headerEnd;
    line = lineEnd + 1;
  }
  return end - headerEnd;
}

/**
 * Where the next message may begin: right behind a body that is as long as its message says. What follows on one that is longer is the rest of it, so that
 * it can be told. RFC 3261 §18.3
 */
function endOfRest(bytes: Uint8Array, start: number, end: number): number {
  let line = start;
  while (line < end && isTokenCode(bytes[line])) {
    const lineEnd = indexOfLineFeed(bytes, line, end);
    if (lineEnd < 0 || isSipStart(bytes, line, lineEnd, false)) break;
    // A start line may be broken.
    if (lineEnd + 1 < end && headerLineAfter(bytes, lineEnd + 1, end) !== "other") break;
    line = lineEnd + 1;
  }
  return line;
}

function hasContentType(bytes: Uint8Array, start: number, headerEnd: number): boolean {
  return contentTypeAt(bytes, start, headerEnd) >= 0;
}

/** Offset of the line that gives the type of the body, or -1. RFC 3261 §20.15 */
function contentTypeAt(bytes: Uint8Array, start: number, headerEnd: number): number {
  for (let line = start; line < headerEnd; line = indexOfLineFeed(bytes, line, headerEnd) + 1) {
    if (isField(bytes, line, headerEnd, "content-type") || isField(bytes, line, headerEnd, "c")) return line;
  }
  return -1;
}

/** What follows a body may be the next message, as far as it is there. */
function mayStart(bytes: Uint8Array, start: number, end: number): boolean {
  const line = skipKeepAlive(bytes, start, end);
  const lineEnd = indexOfLineFeed(bytes, line, end);
  return lineEnd < 0 || isSipStart(bytes, line, lineEnd, false);
}
