import type { CaptureFormat, RecordReader } from "./captureFormat.ts";
import type { FrameSink } from "./frameSink.ts";
import { HEP3_HEADER_LENGTH, hep3Length, isHep3, readHep } from "./hep.ts";
import { LINKTYPE_HEP } from "./linkType.ts";

/** HEPv3 packets one after the other, as they come over TCP or as a collector writes them down. Each is a frame. */
export const hepFile: CaptureFormat<"hep"> = {
  name: "hep",
  sniff: (bytes) => (bytes.length < HEP3_HEADER_LENGTH ? undefined : isHep3(bytes, 0, bytes.length)),
  create: (sink) => new HepFileReader(sink),
};

class HepFileReader implements RecordReader {
  wanted: number = HEP3_HEADER_LENGTH;
  damaged = false;
  readonly #sink: FrameSink;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array, start: number): number {
    let position = start;
    while (position + HEP3_HEADER_LENGTH <= bytes.length) {
      if (!isHep3(bytes, position, bytes.length)) return this.#stop(position);
      const length = hep3Length(bytes, position);
      if (position + length > bytes.length) {
        this.wanted = length;
        return position;
      }
      this.#emit(bytes, position, position + length);
      position += length;
    }
    this.wanted = HEP3_HEADER_LENGTH;
    return position;
  }

  /** The agent's time is the only one there is; without one that of the frame before stands in. */
  #emit(bytes: Uint8Array, start: number, end: number): void {
    const timeMicros = readHep(bytes, start, end)?.timeMicros ?? -1;
    const known = timeMicros > 0 ? timeMicros : this.#sink.lastTimeMicros;
    this.#sink.emit(known, LINKTYPE_HEP, bytes, start, end);
  }

  #stop(position: number): number {
    this.damaged = true;
    this.#sink.tally.count("file-damaged", this.#sink.frames + 1);
    return position;
  }
}
