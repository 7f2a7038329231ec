import { readFileSync } from "node:fs";

/** One record of a pcap file. */
export interface PcapFrame {
  readonly seconds: number;
  readonly micros: number;
  readonly bytes: number[];
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Little-endian, with microseconds, as tcpdump writes it here. */
export function readPcap(path: string): PcapFrame[] {
  const file = readFileSync(path);
  const frames: PcapFrame[] = [];
  for (let at = FILE_HEADER; at + RECORD_HEADER <= file.length;) {
    const length = file.readUInt32LE(at + 8);
    const start = at + RECORD_HEADER;
    frames.push({
      seconds: file.readUInt32LE(at),
      micros: file.readUInt32LE(at + 4),
      bytes: [...file.subarray(start, start + length)],
    });
    at = start + length;
  }
  return frames;
}

export function pcapOf(frames: readonly PcapFrame[], linkType = 1): Buffer {
  const header = Buffer.alloc(FILE_HEADER);
  for (const [index, word] of [0xa1b2c3d4, (4 << 16) | 2, 0, 0, 262_144, linkType].entries())
    header.writeUInt32LE(word, index * 4);
  return Buffer.concat([header, ...frames.map(record)]);
}

function record({ seconds, micros, bytes }: PcapFrame): Buffer {
  const buffer = Buffer.alloc(RECORD_HEADER + bytes.length);
  for (const [index, word] of [seconds, micros, bytes.length, bytes.length].entries())
    buffer.writeUInt32LE(word, index * 4);
  buffer.set(bytes, RECORD_HEADER);
  return buffer;
}
