import { arrayBytes } from "./arrayBytes.ts";
import { DumpOffsets } from "./dumpOffsets.ts";
import { COLON, hexValue, HTAB, SPACE } from "../../bytes/ascii.ts";

/** A longer dump is no packet. */
const DUMP_LIMIT: number = 256 * 1024;
const BYTES_PER_LINE = 16;
const FEWEST_PER_LINE = 8;
const MOST_PER_LINE = 64;
/** What tshark and Wireshark put before the dumps of a frame that has several: `Frame (734 bytes):`, `Reassembled TCP (1500 bytes):`, `Unmasked data (…`. */
const HEADING = /^(?:[A-Z][\w -]{0,40} \(\d{1,9} bytes\):|\/\* [A-Z][\w -]{0,40} \(\d{1,9} bytes\) \*\/)$/;

/**
 * The bytes of one packet or message as `tcpdump -x`, `-X` and `-XX` print them, `0x0010:  0a09 0014 13c4 13c4 …  ........`; tshark and Wireshark,
 * `0010  0a 09 00 14 …   ........`; xxd, `00000010: 0a09 0014 …  ........`; `hexdump -C`, `00000010  0a 09 00 14 …  |........|`; `od -t x1`, whose offsets are octal,
 * `0000020 0a 09 …`, or decimal; and as C arrays, as Wireshark exports packets and follows streams: `0x0a, 0x09, …`, with a comment behind it.
 */
export class HexDump {
  #bytes: number[] = [];
  #offsets: DumpOffsets | undefined;
  /** Of which side of a followed stream it is, and at which offset that one went on. */
  #side: 0 | 1 = 0;
  #base = 0;
  #taken = 0;
  /** Bytes in a line. */
  #width = BYTES_PER_LINE;
  /** How much each side had sent by then, where the dump before was of a stream: its offsets count on. */
  readonly #sent: [number, number] = [0, 0];
  /** The dump is not of the frame but of what was put together from several. */
  #isReassembled = false;

  /** False if the line is not the next one of the dump. A dump begins at offset 0. */
  push(line: string): boolean {
    if (line.includes(" bytes)") && HEADING.test(line)) return this.#pushHeading(line);
    if (this.#bytes.length > DUMP_LIMIT) return false;
    const found = dumpLine(line);
    const bytes = found === undefined ? this.#arrayLine(line) : this.#isNext(found) && found.bytes;
    if (bytes === undefined || bytes === false) return false;
    for (const byte of bytes) this.#bytes.push(byte);
    return true;
  }

  #arrayLine(line: string): readonly number[] | undefined {
    const bytes = this.#offsets === undefined ? arrayBytes(line) : undefined;
    const isFirst = this.#bytes.length === 0;
    return isFirst && bytes !== undefined && bytes.length < FEWEST_PER_LINE ? undefined : bytes;
  }

  #isNext(line: DumpLine): boolean {
    const { offset, isIndented } = line;
    if (this.#bytes.length === 0 && !this.#begins(line)) return false;
    if (isIndented !== (this.#side === 1)) return false;
    // A line that is shorter than the others is the last one: what the same side sent next may follow.
    if (this.#bytes.length % this.#width !== 0) return false;
    const length = this.#base + this.#bytes.length;
    // Offsets of four digits begin anew.
    const expected = offset.length === 4 ? length & 0xffff : length;
    return this.#offsets?.read(offset, length) === expected;
  }

  #begins({ offset, bytes, isIndented }: DumpLine): boolean {
    const at = Number.parseInt(offset, 16);
    const side = isIndented ? 1 : 0;
    if (at === 0 ? bytes.length < FEWEST_PER_LINE : at !== this.#sent[side]) return false;
    [this.#side, this.#base, this.#offsets, this.#width] = [side, at, new DumpOffsets(), bytes.length];
    return true;
  }

  /** The dump that was taken last, and which side sent it, is of a stream, or is not. */
  goesOn(isStream: boolean): void {
    this.#sent[this.#side] = isStream ? this.#base + this.#taken : 0;
    if (!isStream) this.#sent.fill(0);
  }

  /** The second side of a followed stream sent what was taken last. */
  get isOfSecondSide(): boolean {
    return this.#side === 1;
  }

  /** What was taken last is not the first that its side sent. */
  get isContinued(): boolean {
    return this.#base > 0;
  }

  /** What was collected, if it is not only put together from several packets, and starts anew. */
  take(): Uint8Array | undefined {
    if (this.#bytes.length === 0) return undefined;
    const bytes = this.#isReassembled ? undefined : Uint8Array.from(this.#bytes);
    this.#taken = this.#bytes.length;
    this.#bytes = [];
    this.#offsets = undefined;
    this.#isReassembled = false;
    return bytes;
  }

  /** Each is before a dump; only while none is open, as the one before must end first. */
  #pushHeading(line: string): boolean {
    if (this.#bytes.length > 0) return false;
    this.#isReassembled = !line.includes("Frame (");
    return true;
  }
}

/** One line of a dump. */
export interface DumpLine {
  /** As it is written. */
  readonly offset: string;
  /** As what the second side of a followed stream sent. */
  readonly isIndented: boolean;
  readonly bytes: readonly number[];
}

/** Blanks before what the second side of a followed stream sent. */
const STREAM_INDENT = 4;

/** Undefined for a line that is none of a dump. */
export function dumpLine(line: string): DumpLine | undefined {
  let start = 0;
  while (start < 4 && (line.charCodeAt(start) === SPACE || line.charCodeAt(start) === HTAB)) start++;
  const isIndented = start === STREAM_INDENT || line.startsWith("\t");
  const isPrefixed = line.startsWith("0x", start);
  if (isPrefixed) start += 2;
  let end = start;
  while (end - start < 9 && hexValue(line.charCodeAt(end)) >= 0) end++;
  const digits = end - start;
  if (digits !== 4 && (digits < 6 || digits > 8)) return undefined;
  const isMarked = line.charCodeAt(end) === COLON;
  // Of `od` one blank is behind six digits, or seven.
  const blanks = isMarked ? 0 : digits === 6 || digits === 7 ? 1 : 2;
  if (isPrefixed && !isMarked) return undefined;
  for (let at = end; at < end + blanks; at++) if (line.charCodeAt(at) !== SPACE) return undefined;
  const bytes = bytesOf(line, isMarked ? end + 1 : end);
  return bytes.length === 0 ? undefined : { offset: line.slice(start, end), isIndented, bytes };
}

/** Pairs of digits, with single spaces between, and two in the middle of a line; after two spaces come the same bytes as text. */
function bytesOf(line: string, from: number): readonly number[] {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  const bytes: number[] = [];
  while (bytes.length < MOST_PER_LINE) {
    if (line.charCodeAt(at) === SPACE) at++;
    if (bytes.length === BYTES_PER_LINE / 2 && line.charCodeAt(at) === SPACE && isPair(line, at + 1)) at++;
    const [high, low] = [hexValue(line.charCodeAt(at)), hexValue(line.charCodeAt(at + 1))];
    if (high < 0 || low < 0) break;
    bytes.push(high * 16 + low);
    at += 2;
  }
  return bytes;
}

/** Two digits between spaces. */
function isPair(line: string, at: number): boolean {
  const isAlone = line.charCodeAt(at + 2) === SPACE || line.length === at + 2;
  return isAlone && hexValue(line.charCodeAt(at)) >= 0 && hexValue(line.charCodeAt(at + 1)) >= 0;
}
