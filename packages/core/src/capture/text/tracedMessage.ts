import { startLineAt, logTimeAt } from "./startLine.ts";

/** Longer messages are cut there. */
export const TRACED_MESSAGE_LIMIT: number = 256 * 1024;

/** What a line was to the message being read. */
export type LineRole = "taken" | "last" | "foreign";

/**
 * Collects the lines of one message. A log has lost the line ends of what was sent, so Content-Length is counted as if they had been
 * CRLF, and as if LF where only that fits. Lines are strings of one character per byte.
 */
export class TracedMessage {
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

  constructor(startLine: string) {
    this.#header = [startLine];
  }

  push(line: string): LineRole {
    return this.#inBody ? this.#pushBody(line) : this.#pushHeader(line);
  }

  /** The bytes of the message, and whether the log lacks some of it; undefined if it was no message after all. */
  finish(): { bytes: Uint8Array; cut: boolean } | undefined {
    if (this.#fields < 2) return undefined;
    const cut = !this.#complete && !this.#fits();
    const length = this.#bodyLength - this.#body.length;
    const lineEnd =
      this.#contentLength >= 0 && (length === this.#contentLength || length - 1 === this.#contentLength)
        ? "\n"
        : "\r\n";
    const header = this.#header.join("\r\n");
    let body = this.#body.length === 0 ? "" : this.#body.join(lineEnd) + lineEnd;
    // What is more than it says came from the logger.
    if (this.#contentLength >= 0 && body.length > this.#contentLength) body = body.slice(0, this.#contentLength);
    return { bytes: bytesOf(this.#inBody ? `${header}\r\n\r\n${body}` : `${header}\r\n`), cut };
  }

  #fits(): boolean {
    return this.#inBody && (this.#contentLength < 0 || this.#bodyLength >= this.#contentLength);
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
    if (colon > 0) this.#readField(line, colon);
    else if (!isBlank(line[0])) {
      if (this.#fields === 0 || logTimeAt(line) !== undefined) return "foreign";
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

/** Of these a message has all. RFC 3261 §8.1.1 */
const MANDATORY: ReadonlySet<string> = new Set(["via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"]);

function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Offset of the colon behind a field name, or -1. */
function fieldColon(line: string): number {
  const colon = line.indexOf(":");
  if (colon < 1 || colon > 64) return -1;
  const name = line.slice(0, colon).trimEnd();
  for (let i = 0; i < name.length; i++) if (!isNameCode(name.charCodeAt(i))) return -1;
  return name === "" ? -1 : colon;
}

/** Letters, digits, hyphen, underscore and dot: what names of fields are made of. */
function isNameCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 95;
}

function lengthOf(value: string): number {
  const length = Number.parseInt(value, 10);
  return length >= 0 ? length : -1;
}

function isDescriptionLine(line: string): boolean {
  return line[1] === "=" && line[0] >= "a" && line[0] <= "z";
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
