import { uint32, uint32Little } from "../bytes/integers.ts";
import type { CaptureFormat, RecordReader } from "./captureFormat.ts";
import type { FrameSink } from "./frameSink.ts";

/** The classic libpcap file, both byte orders, micro- and nanoseconds. draft-ietf-opsawg-pcap §4, §5. */
export const pcap: CaptureFormat<"pcap"> = {
  name: "pcap",
  sniff: (bytes) => (bytes.length < 4 ? undefined : variantOf(bytes) !== undefined),
  create: (sink) => new PcapReader(sink),
};

/** A record that says it is longer is damaged: no link layer has such frames, and the length must not become an allocation. */
export const PCAP_RECORD_LIMIT: number = 16 * 1024 * 1024;

const FILE_HEADER_LENGTH = 24;

interface Variant {
  readonly littleEndian: boolean;
  readonly nanoseconds: boolean;
  readonly recordHeaderLength: number;
}

function variantOf(bytes: Uint8Array): Variant | undefined {
  return variant(uint32(bytes, 0), false) ?? variant(uint32Little(bytes, 0), true);
}

function variant(magic: number, littleEndian: boolean): Variant | undefined {
  if (magic === 0xa1b2c3d4) return { littleEndian, nanoseconds: false, recordHeaderLength: 16 };
  if (magic === 0xa1b23c4d) return { littleEndian, nanoseconds: true, recordHeaderLength: 16 };
  // Kuznetzov's variant: interface index, protocol and packet type after the usual record header.
  if (magic === 0xa1b2cd34) return { littleEndian, nanoseconds: false, recordHeaderLength: 24 };
  return undefined;
}

class PcapReader implements RecordReader {
  readonly keepsNothing = true;
  wanted: number = FILE_HEADER_LENGTH;
  damaged = false;
  readonly #sink: FrameSink;
  #variant: Variant | undefined;
  #linkType = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array, start: number): number {
    if (this.#variant !== undefined) return this.#readRecords(bytes, start, this.#variant);
    if (bytes.length - start < FILE_HEADER_LENGTH) return start;
    const found = variantOf(bytes.subarray(start))!;
    this.#variant = found;
    // The upper half holds the length of the frame check sequence, not the link type.
    this.#linkType = (found.littleEndian ? uint32Little : uint32)(bytes, start + 20) & 0xffff;
    return this.#readRecords(bytes, start + FILE_HEADER_LENGTH, found);
  }

  #readRecords(bytes: Uint8Array, start: number, { littleEndian, nanoseconds, recordHeaderLength }: Variant): number {
    const integer = littleEndian ? uint32Little : uint32;
    const length = bytes.length;
    let position = start;
    while (position + recordHeaderLength <= length) {
      const capturedLength = integer(bytes, position + 8);
      if (capturedLength > PCAP_RECORD_LIMIT) return this.#stop(position);
      const data = position + recordHeaderLength;
      if (data + capturedLength > length) {
        this.wanted = recordHeaderLength + capturedLength;
        return position;
      }
      const fraction = integer(bytes, position + 4);
      const micros = nanoseconds ? Math.floor(fraction / 1000) : fraction;
      const timeMicros = integer(bytes, position) * 1_000_000 + micros;
      position = data + capturedLength;
      this.#sink.emit(
        timeMicros,
        this.#linkType,
        bytes,
        data,
        position,
        integer(bytes, data - recordHeaderLength + 12),
      );
    }
    this.wanted = recordHeaderLength;
    return position;
  }

  #stop(position: number): number {
    this.damaged = true;
    this.#sink.tally.count("file-damaged", this.#sink.frames + 1);
    return position;
  }
}
