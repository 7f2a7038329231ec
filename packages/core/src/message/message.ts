import type { Span } from "../bytes/span.ts";
import { decodeText } from "../bytes/text.ts";
import { internText } from "../bytes/intern.ts";
import type { Packet } from "../network/packet.ts";
import type { Anomaly } from "./anomaly.ts";
import { fieldIdOfName, isName, UNKNOWN_FIELD } from "./fieldId.ts";
import type { HeaderField } from "./headerField.ts";
import { type HeaderScan, LINE_OFFSET } from "./headerScan.ts";
import { quickBranch, quickNumber, quickSecondWord, quickTag, quickText } from "./quickValue.ts";
import { COLON, COMMA } from "../bytes/ascii.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import { splitOutside } from "./splitOutside.ts";
import { checkMessage } from "./checkMessage.ts";
import { unfold } from "./unfold.ts";
import { via } from "./via.ts";
import { requestUriSpan, type StartLine } from "./startLine.ts";

export type SipMessage = SipRequest | SipResponse;

const LONGEST_QUOTE = 200;
/** Four commas. */
const COMMAS = 0x2c2c2c2c;
const NOTHING: readonly never[] = [];

/**
 * A message as it was in its packet. What transactions and dialogs are matched by is read at once; every other header field is
 * decoded when it is asked for, and remembered. The properties are only declared, as a class field would be written twice for each
 * message. Spans are offsets from the start of the message, `packet.start`.
 */
abstract class Message {
  declare readonly packet: Packet;
  /** `""` where absent. */
  declare readonly callId: string;
  /** -1 where absent or no number. */
  declare readonly cseqNumber: number;
  declare readonly cseqMethod: string;
  declare readonly fromTag: string;
  declare readonly toTag: string;
  /** Branch of the top Via; `""` where absent. */
  declare readonly branch: string;
  /** Of a request that of its start line, of a response that of its CSeq. */
  declare readonly method: string;
  /** True where the empty line after the header is there. */
  declare readonly headerComplete: boolean;
  /** True where there are more header lines than are read. */
  declare readonly tooManyLines: boolean;
  declare private readonly lines: Int32Array;
  declare private readonly firstLine: number;
  /** Header lines, a folded one counted once. */
  declare readonly lineCount: number;
  declare private readonly startLineStart: number;
  declare private readonly startLineEnd: number;
  declare private readonly bodyStart: number;
  declare private readonly bodyEnd: number;
  /** Header fields and their values in turn. */
  declare private decoded: unknown[] | undefined;
  declare private found: readonly Anomaly[] | undefined;

  constructor(packet: Packet, scan: HeaderScan, method: string) {
    const { bytes } = packet;
    this.packet = packet;
    this.callId = scan.callId < 0 ? "" : quickText(bytes, scan.callId, scan.callIdEnd);
    this.cseqNumber = scan.cseq < 0 ? -1 : quickNumber(bytes, scan.cseq, scan.cseqEnd);
    this.cseqMethod = scan.cseq < 0 ? "" : quickSecondWord(bytes, scan.cseq, scan.cseqEnd);
    this.fromTag = scan.from < 0 ? "" : quickTag(bytes, scan.from, scan.fromEnd);
    this.toTag = scan.to < 0 ? "" : quickTag(bytes, scan.to, scan.toEnd);
    this.branch = scan.via < 0 ? "" : quickBranch(bytes, scan.via, scan.viaEnd);
    this.method = method === "" ? this.cseqMethod : method;
    this.headerComplete = scan.complete;
    this.tooManyLines = scan.tooManyLines;
    this.lines = scan.lines;
    this.firstLine = scan.first;
    this.lineCount = scan.count;
    this.startLineStart = scan.startLineStart;
    this.startLineEnd = scan.startLineEnd;
    this.bodyStart = scan.bodyStart;
    this.bodyEnd = bodyEnd(packet, scan);
    this.decoded = undefined;
    this.found = undefined;
  }

  /** As it was, without its line end. */
  get startLine(): string {
    return this.text(this.startLineStart, this.startLineEnd);
  }

  get startLineSpan(): Span {
    return { start: this.startLineStart, end: this.startLineEnd };
  }

  /** All that breaks the grammar or a MUST of RFC 3261; computed when first asked for. */
  get anomalies(): readonly Anomaly[] {
    this.found ??= checkMessage(this as unknown as SipMessage);
    return this.found;
  }

  /** What Content-Length says, or all that is there where it says nothing or more. RFC 3261 §18.3 */
  get body(): Span {
    return { start: this.bodyStart, end: this.bodyEnd };
  }

  /** The branches of all Via values, the top one first; `""` where one has none. */
  get branches(): readonly string[] {
    const { bytes, start } = this.packet;
    const words = wordsOf(bytes);
    const branches: string[] = [];
    for (let i = this.nextLine(via.name, 0); i >= 0; i = this.nextLine(via.name, i + 1)) {
      const line = this.lineSpan(i);
      const end = start + line.end;
      if (indexOfByte(bytes, words, COMMAS, start + line.start, end) < end)
        return this.all(via).map(({ branch = "" }) => branch);
      branches.push(branches.length === 0 ? this.branch : quickBranch(bytes, start + line.start, end));
    }
    return branches;
  }

  bodyBytes(): Uint8Array {
    return this.packet.bytes.subarray(this.packet.start + this.bodyStart, this.packet.start + this.bodyEnd);
  }

  bodyText(): string {
    return this.text(this.bodyStart, this.bodyEnd);
  }

  /** The first value that can be read. */
  first<T>(field: HeaderField<T>): T | undefined {
    return this.all(field)[0];
  }

  /** All values that can be read, in order: of repeated header fields, and of several in one line. RFC 3261 §7.3.1 */
  all<T>(field: HeaderField<T>): readonly T[] {
    const known = this.decoded === undefined ? -1 : this.decoded.indexOf(field);
    if (known >= 0) return this.decoded![known + 1] as readonly T[];
    if (this.nextLine(field.name, 0) < 0) return NOTHING;
    const decoded = (this.decoded ??= []);
    const values = this.decode(field);
    decoded.push(field, values);
    return values;
  }

  has(field: HeaderField<unknown>): boolean {
    return this.nextLine(field.name, 0) >= 0;
  }

  /** Header lines with this field. */
  count(field: HeaderField<unknown>): number {
    let count = 0;
    for (let i = this.nextLine(field.name, 0); i >= 0; i = this.nextLine(field.name, i + 1)) count++;
    return count;
  }

  /** The values of any header field by name, unfolded and trimmed, one per header line. */
  values(name: string): readonly string[] {
    const first = this.nextLine(name, 0);
    if (first < 0) return NOTHING;
    const values: string[] = [];
    for (let i = first; i >= 0; i = this.nextLine(name, i + 1)) values.push(this.lineValue(i));
    return values;
  }

  /** The header line as it was on the wire, unfolded, at most 200 characters; `""` where there is none. `index` counts lines. */
  quote(field: HeaderField<unknown>, index: number = 0): string {
    const span = this.span(field, index);
    if (span === undefined) return "";
    const line = unfold(this.text(span.start, span.end));
    return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
  }

  /** Where the header line is, without its line end. `index` counts the lines with this field. */
  span(field: HeaderField<unknown>, index: number = 0): Span | undefined {
    let i = this.nextLine(field.name, 0);
    for (let more = index; more > 0 && i >= 0; more--) i = this.nextLine(field.name, i + 1);
    return i < 0 ? undefined : this.lineSpan(i);
  }

  /** The id of the field of header line `line`, from 0. */
  lineId(line: number): number {
    return this.lines[this.firstLine + line] >>> 24;
  }

  /** Where header line `line` is, without its line end. */
  lineSpan(line: number): Span {
    const start = this.lines[this.firstLine + line] & LINE_OFFSET;
    let end = this.lines[this.firstLine + line + 1] & LINE_OFFSET;
    while (end > start && this.byte(end - 1) <= 32) end--;
    return { start, end };
  }

  /** What stands before the colon. */
  lineName(line: number): string {
    const { start, end } = this.lineSpan(line);
    let colon = start;
    while (colon < end && this.byte(colon) !== COLON) colon++;
    return this.text(start, colon).trimEnd();
  }

  /** What follows the colon, unfolded and trimmed. */
  lineValue(line: number): string {
    const { start, end } = this.lineSpan(line);
    let i = start;
    while (i < end && this.byte(i) !== COLON) i++;
    i++;
    while (i < end && this.byte(i) <= 32) i++;
    return i >= end ? "" : unfold(this.text(i, end));
  }

  private decode<T>(field: HeaderField<T>): readonly T[] {
    const first = this.nextLine(field.name, 0);
    if (first < 0) return NOTHING;
    const values: T[] = [];
    for (let i = first; i >= 0; i = this.nextLine(field.name, i + 1)) {
      const line = this.lineValue(i);
      if (line === "" && field.emptyAllowed && field.list) continue;
      for (const text of field.list ? splitOutside(line, COMMA) : [line]) {
        const value = field.parse(text);
        if (value !== undefined) values.push(value);
      }
    }
    return values;
  }

  /** The next header line with this name, from `line` on, or -1. */
  private nextLine(name: string, line: number): number {
    const id = fieldIdOfName(name);
    const lower = id === UNKNOWN_FIELD ? name.toLowerCase() : "";
    for (let i = line; i < this.lineCount; i++) {
      const entry = this.lines[this.firstLine + i];
      if (entry >>> 24 !== id) continue;
      if (id !== UNKNOWN_FIELD || this.isLineName(lower, entry & LINE_OFFSET)) return i;
    }
    return -1;
  }

  private isLineName(lower: string, start: number): boolean {
    const after = this.byte(start + lower.length);
    if (after !== COLON && after !== 32 && after !== 9) return false;
    return isName(lower, this.packet.bytes, this.packet.start + start, lower.length);
  }

  private text(start: number, end: number): string {
    return decodeText(this.packet.bytes, this.packet.start + start, this.packet.start + end);
  }

  private byte(offset: number): number {
    return this.packet.bytes[this.packet.start + offset];
  }
}

export class SipRequest extends Message {
  declare readonly kind: "request";

  constructor(packet: Packet, scan: HeaderScan, start: StartLine) {
    super(packet, scan, start.method);
    this.kind = "request";
  }

  /** As it was between the method and the version. */
  get requestUri(): string {
    const { bytes } = this.packet;
    const { start, end } = this.startLineSpan;
    const uri = requestUriSpan(bytes, this.packet.start + start, this.packet.start + end);
    return internText(bytes, uri.start, uri.end);
  }
}

export class SipResponse extends Message {
  declare readonly kind: "response";
  /** -1 where it is not three digits. */
  declare readonly statusCode: number;

  constructor(packet: Packet, scan: HeaderScan, start: StartLine) {
    super(packet, scan, "");
    this.kind = "response";
    this.statusCode = start.statusCode;
  }

  get reasonPhrase(): string {
    const line = this.startLine;
    const secondSpace = line.indexOf(" ", line.indexOf(" ") + 1);
    return secondSpace < 0 ? "" : line.slice(secondSpace + 1);
  }
}

function bodyEnd({ bytes, start, end }: Packet, scan: HeaderScan): number {
  if (scan.contentLength < 0) return end - start;
  const length = quickNumber(bytes, scan.contentLength, scan.contentLengthEnd);
  return length < 0 ? end - start : Math.min(end - start, scan.bodyStart + length);
}
