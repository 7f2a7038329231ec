import { latin1Bytes } from "../../bytes/latin1.ts";
import { isDigit } from "../../bytes/ascii.ts";
import { fieldColon } from "./fieldColon.ts";
import { startLineAt, logTimeAt } from "./startLine.ts";

/** Longer messages are cut there. */
export const TRACED_MESSAGE_LIMIT: number = 256 * 1024;

/** A line that is put together from pieces, each looked at again with those before it, gets no longer. */
const JOINED_LINE_LIMIT: number = 16 * 1024;

/** What a line was to the message being read. */
export type LineRole = "taken" | "last" | "foreign";

/**
 * Collects the lines of one message. A log has lost the line ends of what was sent, so Content-Length is counted as if they had been
 * CRLF, and as if LF where only that fits. Lines are strings of one character per byte.
 */
export class TracedMessage {
  readonly #isSure: boolean;
  readonly #header: string[];
  readonly #body: string[] = [];
  #inBody = false;
  #headerLength = 0;
  #contentLength = -1;
  #contentType = "";
  /** Length of the body with CRLF after each line; with LF it is one less for each. */
  #bodyLength = 0;
  #complete = false;
  #fields = 0;
  /** The latest line as it came. */
  #latest: string;
  /** Each line has an empty one behind it. */
  #isSpaced = false;
  /** The latest line was one of these. */
  #endsTwice = false;

  /** `isSure`: the log says that it is a message; otherwise its first lines must look like fields. */
  constructor(startLine: string, isSure: boolean = false) {
    this.#isSure = isSure;
    this.#header = [startLine];
    this.#headerLength = startLine.length + 2;
    this.#latest = startLine;
  }

  push(line: string): LineRole {
    if (this.#isSecondEnd(line)) return "taken";
    this.#latest = line;
    return this.#inBody ? this.#pushBody(line) : this.#pushHeader(line);
  }

  /** What passed a program that takes each line for a paragraph has an empty line behind each line, also behind those that are empty. */
  #isSecondEnd(line: string): boolean {
    const hasBlank = isBlank(line) && !this.#endsTwice;
    const isFirst = this.#header.length === 1 && !this.#inBody;
    if (hasBlank && isFirst) this.#isSpaced = true;
    // One that is broken anyway.
    else if (isFirst && this.#isSpaced && fieldColon(line) < 0) this.#isSpaced = false;
    this.#endsTwice = this.#isSpaced && hasBlank;
    return this.#endsTwice;
  }

  /** The next piece of it, after the logger had cut it somewhere: inside a line, inside an escaped line end, or between two lines. */
  pushRest(text: string): LineRole {
    const lines = this.#inBody ? this.#body : this.#header;
    const last = lines[lines.length - 1];
    if (last === undefined || beginsLine(text, this.#latest)) return this.push(text);
    if (last.length > JOINED_LINE_LIMIT) return "last";
    const [first, ...more] = (this.#latest + text).replaceAll("#015", "").split("#012");
    if (this.#inBody) this.#bodyLength -= last.length + 2;
    else this.#headerLength -= last.length + 2;
    lines.pop();
    const isStartLine = lines.length === 0 && !this.#inBody;
    let role: LineRole = isStartLine ? this.#addHeader(first) : this.push(first);
    for (const line of more) if (role === "taken") role = this.push(line);
    return role;
  }

  /** All of it has come, or as much as can be told. */
  get isComplete(): boolean {
    return this.#complete;
  }

  /**
   * The bytes of the message, and whether the log lacks some of it; undefined if it was no message after all.
   *
   * @param saidCut the log says that it lacks some
   */
  finish(saidCut: boolean = false): { bytes: Uint8Array; cut: boolean } | undefined {
    if (this.#fields < 2) return undefined;
    const fitting = this.#fittingBody();
    const cut = saidCut || (fitting === undefined && !this.#complete && !this.#fits());
    const header = this.#header.join("\r\n");
    if (!this.#inBody) return { bytes: latin1Bytes(cut ? `${header}\r\n` : `${header}\r\n\r\n`), cut };
    let body = fitting ?? joined(this.#body, "\r\n");
    // What is more than it says came from the logger.
    if (this.#contentLength >= 0 && body.length > this.#contentLength) body = body.slice(0, this.#contentLength);
    return { bytes: latin1Bytes(`${header}\r\n\r\n${body}`), cut };
  }

  /** The body in the one way in which it is as long as it says, if its lines ended in CRLF or in LF; the last may have had no end. */
  #fittingBody(): string | undefined {
    if (!this.#inBody || this.#contentLength < 0) return undefined;
    for (const lines of this.#readings()) {
      for (const lineEnd of ["\r\n", "\n"]) {
        const body = joined(lines, lineEnd);
        if (body.length === this.#contentLength || body.length - lineEnd.length === this.#contentLength) return body;
      }
    }
    return undefined;
  }

  /** The lines as they are; of a session description also those that a mail wrapped put together, and with the blank that pasting takes from `s= `. */
  #readings(): (readonly string[])[] {
    if (!this.#contentType.startsWith("application/sdp")) return [this.#body];
    const unwrapped: string[] = [];
    for (const line of this.#body) {
      if (unwrapped.length === 0 || isDescriptionLine(line)) unwrapped.push(line);
      else unwrapped[unwrapped.length - 1] += ` ${line}`;
    }
    const readings = unwrapped.length === this.#body.length ? [this.#body] : [this.#body, unwrapped];
    return unwrapped.includes("s=") ? [...readings, unwrapped.map((line) => (line === "s=" ? "s= " : line))] : readings;
  }

  #fits(): boolean {
    if (this.#inBody) return this.#contentLength < 0 || this.#bodyLength >= this.#contentLength;
    // The empty line behind it was lost.
    return this.#contentLength <= 0 && this.#contentType === "" && this.#fields >= MANDATORY_FIELDS;
  }

  #pushHeader(line: string): LineRole {
    if (line === "" || isBlank(line)) return this.#endHeader();
    if (line.startsWith("v=0") && this.#contentType !== "") {
      // Some loggers leave empty lines out.
      const role = this.#endHeader();
      return role === "last" ? role : this.#pushBody(line);
    }
    const colon = fieldColon(line);
    if (startLineAt(line) >= 0 && colon < 0) return "foreign";
    // `07:04:06.383 …`: no field has a name like that.
    if (isDigit(line.charCodeAt(0)) && logTimeAt(line) !== undefined) return "foreign";
    if (colon > 0) this.#readField(line, colon);
    else if (!isBlank(line[0])) {
      if ((this.#fields === 0 && !this.#isSure) || logTimeAt(line) !== undefined) return "foreign";
      // Broken by something that wraps lines: as a fold it is the same field again. RFC 3261 §7.3.1
      return this.#addHeader(` ${line}`);
    }
    return this.#addHeader(line);
  }

  #addHeader(line: string): LineRole {
    this.#headerLength += line.length + 2;
    if (this.#headerLength > TRACED_MESSAGE_LIMIT) return "last";
    this.#header.push(line);
    return "taken";
  }

  #readField(line: string, colon: number): void {
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (MANDATORY.has(name)) this.#fields++;
    if (name === "content-length" || name === "l") this.#contentLength = lengthOf(line.slice(colon + 1).trim());
    if (name === "content-type" || name === "c")
      this.#contentType = line
        .slice(colon + 1)
        .trim()
        .toLowerCase();
  }

  #endHeader(): LineRole {
    if (this.#fields === 0) return "foreign";
    this.#inBody = true;
    if (this.#contentLength !== 0 && (this.#contentLength > 0 || this.#contentType !== "")) return "taken";
    this.#complete = true;
    return "last";
  }

  #pushBody(line: string): LineRole {
    if (this.#contentLength < 0) return this.#pushUnannounced(line);
    if (!this.#contentType.startsWith("message/sipfrag") && startLineAt(line) >= 0) return "foreign";
    const isDescription = this.#contentType.startsWith("application/sdp");
    if (isDescription && !isDescriptionLine(line) && logTimeAt(line) !== undefined) return "foreign";
    // With CRLF the announced end is inside or behind us; if it was LF, more lines of a session description follow.
    if (this.#bodyLength >= this.#contentLength && !isDescriptionLine(line)) return "foreign";
    this.#body.push(line);
    this.#bodyLength += line.length + 2;
    return this.#isComplete() ? "last" : "taken";
  }

  #isComplete(): boolean {
    const [withCrlf, withLf] = [this.#bodyLength, this.#bodyLength - this.#body.length];
    const length = this.#contentLength;
    const fits = withCrlf === length || withCrlf - 2 === length || withLf === length || withLf - 1 === length;
    // Without an exact fit the end has passed only when it has by either count.
    this.#complete =
      fits || withLf > length || (withCrlf >= length && !this.#contentType.startsWith("application/sdp"));
    return this.#complete || this.#bodyLength > TRACED_MESSAGE_LIMIT;
  }

  /** A body without a Content-Length goes on to the next empty line. */
  #pushUnannounced(line: string): LineRole {
    if (isBlank(line) || startLineAt(line) >= 0 || this.#bodyLength > TRACED_MESSAGE_LIMIT) {
      this.#complete = true;
      return isBlank(line) ? "last" : "foreign";
    }
    this.#body.push(line);
    this.#bodyLength += line.length + 2;
    return "taken";
  }
}

/** Via, From, To, Call-ID and CSeq. */
const MANDATORY_FIELDS = 5;

/** Of these a message has all. RFC 3261 §8.1.1 */
const MANDATORY: ReadonlySet<string> = new Set(["via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"]);

function isBlank(line: string): boolean {
  return line.trim() === "";
}

function lengthOf(value: string): number {
  const length = Number.parseInt(value, 10);
  return length >= 0 ? length : -1;
}

function isDescriptionLine(line: string): boolean {
  return line[1] === "=" && line[0] >= "a" && line[0] <= "z";
}

/** Where a logger cut between two lines, the next piece is a line of its own, and the one before it could be whole. */
function beginsLine(text: string, before: string): boolean {
  if (isDescriptionLine(text)) return isDescriptionLine(before) || before === "";
  const isField = fieldColon(text) > 0 && text.charCodeAt(0) >= 65 && text.charCodeAt(0) <= 90;
  return isField && (fieldColon(before) > 0 || startLineAt(before) >= 0);
}

function joined(lines: readonly string[], lineEnd: string): string {
  return lines.length === 0 ? "" : lines.join(lineEnd) + lineEnd;
}
