import { hexValue, SPACE } from "../../bytes/ascii.ts";
import { uint16 } from "../../bytes/integers.ts";

/** A longer dump is no packet. */
const DUMP_LIMIT: number = 256 * 1024;
const BYTES_PER_LINE = 16;
/** What tshark and Wireshark put before the dumps of a frame that has several. */
const HEADINGS: readonly string[] = ["Frame (", "Reassembled ", "Decrypted ", "Uncompressed "];

/**
 * The bytes of one packet as `tcpdump -x`, `-X` and `-XX` print them, `0x0010:  0a09 0014 13c4 13c4 …  ........`, or tshark and Wireshark:
 * `0010  0a 09 00 14 13 c4 13 c4 …   ........`.
 */
export class HexDump {
  #bytes: number[] = [];
  /** The dump is not of the frame but of what was put together from several. */
  #isReassembled = false;

  /** False if the line is not the next one of the dump. A dump begins at offset 0. */
  push(line: string): boolean {
    if (line.endsWith(" bytes):") && HEADINGS.some((heading) => line.startsWith(heading)))
      return this.#pushHeading(line);
    const at = offsetEnd(line);
    if (at < 0) return false;
    const offset = Number.parseInt(line.slice(0, at).replace("0x", ""), 16);
    if (offset !== (this.#bytes.length & 0xffff) || this.#bytes.length > DUMP_LIMIT) return false;
    this.#pushBytes(line, at + 1);
    return true;
  }

  /** What was collected, if it is a packet, and starts anew. */
  take(linkType: number | undefined): { readonly bytes: Uint8Array; readonly linkType: number } | undefined {
    if (this.#bytes.length === 0) return undefined;
    const bytes = Uint8Array.from(this.#bytes);
    const isFrame = !this.#isReassembled && linkType !== -1;
    this.#bytes = [];
    this.#isReassembled = false;
    return isFrame ? { bytes, linkType: linkType ?? (isIp(bytes) ? RAW : ETHERNET) } : undefined;
  }

  /** `Frame (734 bytes):`, `Reassembled TCP (1500 bytes):`, each before a dump; only while none is open, as the one before must end first. */
  #pushHeading(line: string): boolean {
    if (this.#bytes.length > 0) return false;
    this.#isReassembled = !line.startsWith("Frame (");
    return true;
  }

  /** Pairs of digits, with single spaces between; after two spaces come the same bytes as text. */
  #pushBytes(line: string, from: number): void {
    let at = from;
    while (line.charCodeAt(at) === SPACE) at++;
    for (let count = 0; count < BYTES_PER_LINE; count++) {
      if (line.charCodeAt(at) === SPACE) at++;
      const [high, low] = [hexValue(line.charCodeAt(at)), hexValue(line.charCodeAt(at + 1))];
      if (high < 0 || low < 0) return;
      this.#bytes.push(high * 16 + low);
      at += 2;
    }
  }
}

/** Where the offset of a line ends: behind `0x0010` at its colon, or `0010` at the first of two blanks; -1 for another line. */
function offsetEnd(line: string): number {
  const hex = line.indexOf("0x");
  if (hex >= 0 && hex <= 4 && line.slice(0, hex).trim() === "" && line[hex + 6] === ":") return hex + 6;
  if (line[4] !== " " || line[5] !== " " || line[8] !== " ") return -1;
  for (let i = 0; i < 8; i++) if (i !== 4 && i !== 5 && hexValue(line.charCodeAt(i)) < 0) return -1;
  return 4;
}

/** LINKTYPE_ values. */
const ETHERNET = 1;
const RAW = 101;

/** An IPv4 or IPv6 header; with `-XX` that of the link layer stands before it. */
function isIp(bytes: Uint8Array): boolean {
  if (bytes[0] >> 4 === 6) return bytes.length >= 40 && uint16(bytes, 4) + 40 === bytes.length;
  return bytes[0] >> 4 === 4 && (bytes[0] & 15) >= 5 && uint16(bytes, 2) <= bytes.length;
}
