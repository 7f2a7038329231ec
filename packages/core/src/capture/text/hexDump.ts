import { COLON, hexValue, HTAB, SPACE } from "../../bytes/ascii.ts";

/** A longer dump is no packet. */
const DUMP_LIMIT: number = 256 * 1024;
const BYTES_PER_LINE = 16;
/** What tshark and Wireshark put before the dumps of a frame that has several: `Frame (734 bytes):`, `Reassembled TCP (1500 bytes):`, `Unmasked data (…`. */
const HEADING = /^[A-Z][\w -]{0,40} \(\d{1,9} bytes\):$/;

/**
 * The bytes of one packet or message as `tcpdump -x`, `-X` and `-XX` print them, `0x0010:  0a09 0014 13c4 13c4 …  ........`; tshark and Wireshark,
 * `0010  0a 09 00 14 …   ........`; xxd, `00000010: 0a09 0014 …  ........`; `hexdump -C`, `00000010  0a 09 00 14 …  |........|`.
 */
export class HexDump {
  #bytes: number[] = [];
  /** The dump is not of the frame but of what was put together from several. */
  #isReassembled = false;

  /** False if the line is not the next one of the dump. A dump begins at offset 0. */
  push(line: string): boolean {
    if (line.endsWith(" bytes):") && HEADING.test(line)) return this.#pushHeading(line);
    const found = dumpLine(line);
    if (found === undefined || this.#bytes.length > DUMP_LIMIT) return false;
    // Offsets of four digits begin anew.
    const length = found.digits === 4 ? this.#bytes.length & 0xffff : this.#bytes.length;
    if (found.offset !== length || (this.#bytes.length === 0 && found.bytes.length < BYTES_PER_LINE)) return false;
    for (const byte of found.bytes) this.#bytes.push(byte);
    return true;
  }

  /** What was collected, if it is not only put together from several packets, and starts anew. */
  take(): Uint8Array | undefined {
    if (this.#bytes.length === 0) return undefined;
    const bytes = this.#isReassembled ? undefined : Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.#isReassembled = false;
    return bytes;
  }

  /** Each is before a dump; only while none is open, as the one before must end first. */
  #pushHeading(line: string): boolean {
    if (this.#bytes.length > 0) return false;
    this.#isReassembled = !line.startsWith("Frame (");
    return true;
  }
}

/** One line of a dump. */
export interface DumpLine {
  readonly offset: number;
  /** Of the offset. */
  readonly digits: number;
  readonly bytes: readonly number[];
}

/** Undefined for a line that is none of a dump. */
export function dumpLine(line: string): DumpLine | undefined {
  let start = 0;
  while (start < 4 && (line.charCodeAt(start) === SPACE || line.charCodeAt(start) === HTAB)) start++;
  const isPrefixed = line.startsWith("0x", start);
  if (isPrefixed) start += 2;
  let end = start;
  while (end - start < 9 && hexValue(line.charCodeAt(end)) >= 0) end++;
  const digits = end - start;
  if (digits !== 4 && digits !== 6 && digits !== 8) return undefined;
  const isMarked = line.charCodeAt(end) === COLON;
  // Of `od` one blank is behind six digits.
  const blanks = isMarked ? 0 : digits === 6 ? 1 : 2;
  if (isPrefixed && !isMarked) return undefined;
  for (let at = end; at < end + blanks; at++) if (line.charCodeAt(at) !== SPACE) return undefined;
  const bytes = bytesOf(line, isMarked ? end + 1 : end);
  return bytes.length === 0 ? undefined : { offset: Number.parseInt(line.slice(start, end), 16), digits, bytes };
}

/** Pairs of digits, with single spaces between, and two in the middle of a line; after two spaces come the same bytes as text. */
function bytesOf(line: string, from: number): readonly number[] {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  const bytes: number[] = [];
  while (bytes.length < BYTES_PER_LINE) {
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
