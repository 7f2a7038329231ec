import { COLON, isBlank, SPACE } from "../bytes/ascii.ts";
import type { Span } from "../bytes/span.ts";
import { startsWithIgnoringCase } from "../bytes/startsWithIgnoringCase.ts";
import { decodeText } from "../bytes/text.ts";
import { internText } from "../bytes/intern.ts";
import { COMPLETE, indexedText, type MessageIndex, PLACE, RESPONSE, TOO_MANY_LINES } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import type { Anomaly } from "./anomaly.ts";
import { fieldIdOfName, UNKNOWN_FIELD } from "./fieldId.ts";
import type { HeaderField } from "./headerField.ts";
import { LINE_OFFSET } from "./indexMessage.ts";
import { lineText, lineValues } from "./lineValues.ts";
import { quickBranch, quickNumber } from "./quickValue.ts";
import { indexOfByte, wordsOf } from "../bytes/words.ts";
import { checkMessage } from "./checkMessage.ts";
import { unfold } from "./unfold.ts";
import { via } from "./via.ts";
import { requestUriSpan } from "./startLine.ts";

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
  /** -1 where absent or no number. */
  declare readonly cseqNumber: number;
  declare readonly toTag: string;
  /** Branch of the top Via; `""` where absent. */
  declare readonly branch: string;
  /** Of a request that of its start line, of a response that of its CSeq. */
  declare readonly method: string;
  declare private readonly index: MessageIndex;
  /** Header fields and their values in turn. */
  declare private decoded: unknown[] | undefined;
  declare private found: readonly Anomaly[] | undefined;

  constructor(packet: Packet, index: MessageIndex) {
    const { bytes, start } = packet;
    const { numbers, at } = index;
    this.packet = packet;
    this.index = index;
    this.cseqNumber = quickNumber(bytes, start + numbers[at + PLACE.cseq], start + numbers[at + PLACE.cseq + 1]);
    this.toTag = indexedText(packet, index, PLACE.toTag);
    this.branch = indexedText(packet, index, PLACE.branch);
    const isResponse = (numbers[at + PLACE.flags] & RESPONSE) !== 0;
    this.method = isResponse ? this.cseqMethod : indexedText(packet, index, PLACE.startLine, PLACE.methodEnd);
    this.decoded = undefined;
    this.found = undefined;
  }

  /** `""` where absent. */
  get callId(): string {
    return indexedText(this.packet, this.index, PLACE.callId);
  }

  get cseqMethod(): string {
    return indexedText(this.packet, this.index, PLACE.cseqMethod);
  }

  get fromTag(): string {
    return indexedText(this.packet, this.index, PLACE.fromTag);
  }

  /** As it was, without its line end. */
  get startLine(): string {
    const { start, end } = this.startLineSpan;
    return this.text(start, end);
  }

  get startLineSpan(): Span {
    return this.place(PLACE.startLine);
  }

  /** True where the empty line after the header is there. */
  get headerComplete(): boolean {
    return (this.number(PLACE.flags) & COMPLETE) !== 0;
  }

  /** True where the capture or the logger cut it within its header: a field that was sent may be missing. */
  get headerCut(): boolean {
    return this.packet.cut && !this.headerComplete;
  }

  /** The same within its start line. */
  get startLineCut(): boolean {
    return this.packet.cut && this.packet.start + this.startLineSpan.end === this.packet.end;
  }

  /** True where there are more header lines than are read. */
  get tooManyLines(): boolean {
    return (this.number(PLACE.flags) & TOO_MANY_LINES) !== 0;
  }

  /** Header lines, a folded one counted once. */
  get lineCount(): number {
    return this.number(PLACE.lineCount);
  }

  /** All that breaks the grammar or a MUST of RFC 3261; computed when first asked for. */
  get anomalies(): readonly Anomaly[] {
    this.found ??= checkMessage(this as unknown as SipMessage);
    return this.found;
  }

  /** What Content-Length says, or all that is there where it says nothing or more. RFC 3261 §18.3 */
  get body(): Span {
    return this.place(PLACE.body);
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
    const { bytes, start } = this.packet;
    const body = this.body;
    return bytes.subarray(start + body.start, start + body.end);
  }

  bodyText(): string {
    const { start, end } = this.body;
    return this.text(start, end);
  }

  /** The first value that can be read. */
  first<T>(field: HeaderField<T>): T | undefined {
    return this.all(field)[0];
  }

  /** All values that can be read, in order: of repeated header fields, and of several in one line. RFC 3261 §7.3.1 */
  all<T>(field: HeaderField<T>): readonly T[] {
    const known = this.decoded === undefined ? -1 : this.decoded.indexOf(field);
    if (known >= 0) return this.decoded![known + 1] as readonly T[];
    const first = this.nextLine(field.name, 0);
    if (first < 0) return NOTHING;
    const decoded = (this.decoded ??= []);
    const values = this.decode(field, first);
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
    return this.number(PLACE.lines + line) >>> 24;
  }

  /** Where header line `line` is, without its line end. */
  lineSpan(line: number): Span {
    const start = this.number(PLACE.lines + line) & LINE_OFFSET;
    let end = this.number(PLACE.lines + line + 1) & LINE_OFFSET;
    while (end > start && this.byte(end - 1) <= SPACE) end--;
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
    return lineText(this.packet.bytes, this.lineStart(line), this.lineStart(line + 1));
  }

  private decode<T>(field: HeaderField<T>, first: number): readonly T[] {
    let next = this.nextLine(field.name, first + 1);
    if (next < 0) return this.valuesAt(field, first);
    const values = [...this.valuesAt(field, first)];
    for (; next >= 0; next = this.nextLine(field.name, next + 1)) values.push(...this.valuesAt(field, next));
    return values;
  }

  private valuesAt<T>(field: HeaderField<T>, line: number): readonly T[] {
    return lineValues(field, this.packet.bytes, this.lineStart(line), this.lineStart(line + 1));
  }

  /** Index into the bytes of the packet; of the line after the last one where the header ends. */
  private lineStart(line: number): number {
    return this.packet.start + (this.number(PLACE.lines + line) & LINE_OFFSET);
  }

  /** The next header line with this name, from `line` on, or -1. */
  private nextLine(name: string, line: number): number {
    const id = fieldIdOfName(name);
    const lower = id === UNKNOWN_FIELD ? name.toLowerCase() : "";
    const { numbers, at } = this.index;
    const lines = at + PLACE.lines;
    const lineCount = numbers[at + PLACE.lineCount];
    for (let i = line; i < lineCount; i++) {
      const entry = numbers[lines + i];
      if (entry >>> 24 !== id) continue;
      if (id !== UNKNOWN_FIELD || this.isLineName(lower, entry & LINE_OFFSET)) return i;
    }
    return -1;
  }

  private isLineName(lower: string, start: number): boolean {
    const after = this.byte(start + lower.length);
    if (after !== COLON && !isBlank(after)) return false;
    const at = this.packet.start + start;
    return startsWithIgnoringCase(this.packet.bytes, at, at + lower.length, lower);
  }

  private place(place: number): Span {
    return { start: this.number(place), end: this.number(place + 1) };
  }

  private number(place: number): number {
    const { numbers, at } = this.index;
    return numbers[at + place];
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

  constructor(packet: Packet, index: MessageIndex) {
    super(packet, index);
    this.kind = "request";
  }

  /** The tag of the side that sent it. */
  get senderTag(): string {
    return this.fromTag;
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

  constructor(packet: Packet, index: MessageIndex) {
    super(packet, index);
    this.kind = "response";
    this.statusCode = index.numbers[index.at + PLACE.statusCode];
  }

  /** The tag of the side that sent it. */
  get senderTag(): string {
    return this.toTag;
  }

  get reasonPhrase(): string {
    const line = this.startLine;
    const secondSpace = line.indexOf(" ", line.indexOf(" ") + 1);
    return secondSpace < 0 ? "" : line.slice(secondSpace + 1);
  }
}
