import { hexValue, SPACE } from "../../bytes/ascii.ts";

/** A longer dump is no packet. */
const DUMP_LIMIT: number = 256 * 1024;
const BYTES_PER_LINE = 16;

/** The bytes of one packet as `tcpdump -x`, `-X` and `-XX` print them: `0x0010:  0a09 0014 13c4 13c4 …  ........`. */
export class HexDump {
  #bytes: number[] = [];

  /** False if the line is not the next one of the dump. A dump begins at offset 0. */
  push(line: string): boolean {
    const at = line.indexOf("0x");
    if (at < 0 || at > 4 || line.slice(0, at).trim() !== "" || line[at + 6] !== ":") return false;
    const offset = Number.parseInt(line.slice(at + 2, at + 6), 16);
    if (offset !== (this.#bytes.length & 0xffff) || this.#bytes.length > DUMP_LIMIT) return false;
    this.#pushBytes(line, at + 7);
    return true;
  }

  /** What was collected, if it is a packet, and starts anew. */
  take(): { readonly bytes: Uint8Array; readonly linkType: number } | undefined {
    if (this.#bytes.length === 0) return undefined;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    return { bytes, linkType: isIp(bytes) ? RAW : ETHERNET };
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

/** LINKTYPE_ values. */
const ETHERNET = 1;
const RAW = 101;

/** An IPv4 or IPv6 header; with `-XX` that of the link layer stands before it. */
function isIp(bytes: Uint8Array): boolean {
  if (bytes[0] >> 4 === 6) return bytes.length >= 40 && ((bytes[4] << 8) | bytes[5]) + 40 === bytes.length;
  return bytes[0] >> 4 === 4 && (bytes[0] & 15) >= 5 && ((bytes[2] << 8) | bytes[3]) <= bytes.length;
}
