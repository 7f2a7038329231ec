import { closeSync, openSync, writeSync } from "node:fs";
import { PATCH_LENGTH, type TemplatePacket } from "./template.ts";

const BUFFER_BYTES = 1 << 20;
const LARGEST_RECORD = 1 << 16;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Writes replayed packets as a pcap file of microseconds and Ethernet, through one buffer. */
export class CaptureWriter {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;
  bytesWritten = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
    const header = [0xa1b2c3d4, (4 << 16) | 2, 0, 0, 262_144, 1];
    for (const [index, word] of header.entries()) this.#buffer.writeUInt32LE(word, index * 4);
    this.#used = 24;
  }

  /** `firstSerial` is the number of the call's first token; the others follow it. */
  write(packet: TemplatePacket, timeMicros: number, firstSerial: number): void {
    if (this.#used + LARGEST_RECORD > BUFFER_BYTES) this.#flush();
    const buffer = this.#buffer;
    const start = this.#used + 16;
    buffer.writeUInt32LE(Math.floor(timeMicros / 1e6), this.#used);
    buffer.writeUInt32LE(timeMicros % 1e6, this.#used + 4);
    buffer.writeUInt32LE(packet.bytes.length, this.#used + 8);
    buffer.writeUInt32LE(packet.originalLength, this.#used + 12);
    packet.bytes.copy(buffer, start);
    if (packet.patches.length > 0) makeUnique(buffer, start, packet, firstSerial);
    this.#used = start + packet.bytes.length;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    for (let done = 0; done < this.#used;) done += writeSync(this.#file, this.#buffer, done, this.#used - done);
    this.bytesWritten += this.#used;
    this.#used = 0;
  }
}

function makeUnique(buffer: Buffer, start: number, packet: TemplatePacket, firstSerial: number): void {
  for (const { token, positions } of packet.patches) {
    let rest = firstSerial + token;
    for (let index = Math.min(positions.length, PATCH_LENGTH) - 1; index >= 0; index--) {
      buffer[start + positions[index]] = DIGITS.charCodeAt(rest % 36);
      rest = Math.floor(rest / 36);
    }
  }
  const identification = (buffer.readUInt16BE(start + 18) + firstSerial) & 0xffff;
  buffer.writeUInt16BE(identification, start + 18);
  buffer.writeUInt16BE(0, start + 24);
  buffer.writeUInt16BE(headerChecksum(buffer, start + 14), start + 24);
  buffer.writeUInt16BE(0, start + 40); // no UDP checksum, RFC 768
}

/** RFC 1071, over an IPv4 header without options. */
function headerChecksum(buffer: Buffer, start: number): number {
  let sum = 0;
  for (let at = start; at < start + 20; at += 2) sum += buffer.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
