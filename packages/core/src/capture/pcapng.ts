import { uint16, uint16Little, uint32, uint32Little } from "../bytes/integers.ts";
import type { CaptureFormat, RecordReader } from "./captureFormat.ts";
import type { FrameSink } from "./frameSink.ts";
import { readCaptureInterface, type CaptureInterface } from "./pcapngInterface.ts";

/** pcapng: sections of either byte order, several interfaces. draft-ietf-opsawg-pcapng §4. */
export const pcapng: CaptureFormat<"pcapng"> = {
  name: "pcapng",
  sniff(bytes) {
    if (bytes.length < 4) return undefined;
    if (uint32(bytes, 0) !== SECTION_HEADER) return false;
    return bytes.length < 12 ? undefined : byteOrder(bytes, 0) !== undefined;
  },
  create: (sink) => new PcapngReader(sink),
};

/** A block that says it is longer is damaged; its length must not become an allocation. */
export const PCAPNG_BLOCK_LIMIT: number = 16 * 1024 * 1024;
/** More interfaces in one section than any machine has. */
export const PCAPNG_INTERFACE_LIMIT = 65_536;

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const DECRYPTION_SECRETS = 10;
/** "TLSK": lines of a key log. draft-ietf-opsawg-pcapng §4.7 */
const TLS_KEY_LOG = 0x544c534b;
const NO_BYTES: Uint8Array = new Uint8Array(0);
/** Type and total length before the body, total length after it. */
const BLOCK_OVERHEAD = 12;

export interface ByteOrder {
  readonly uint16: (bytes: Uint8Array, offset: number) => number;
  readonly uint32: (bytes: Uint8Array, offset: number) => number;
}

const BIG: ByteOrder = { uint16, uint32 };
const LITTLE: ByteOrder = { uint16: uint16Little, uint32: uint32Little };

function byteOrder(bytes: Uint8Array, block: number): ByteOrder | undefined {
  if (uint32(bytes, block + 8) === 0x1a2b3c4d) return BIG;
  if (uint32Little(bytes, block + 8) === 0x1a2b3c4d) return LITTLE;
  return undefined;
}

class PcapngReader implements RecordReader {
  readonly keepsNothing = true;
  wanted: number = BLOCK_OVERHEAD;
  damaged = false;
  readonly #sink: FrameSink;
  #order: ByteOrder = BIG;
  #interfaces: CaptureInterface[] = [];

  constructor(sink: FrameSink) {
    this.#sink = sink;
    sink.emitKeyLog(NO_BYTES);
  }

  read(bytes: Uint8Array, start: number): number {
    let position = start;
    while (position + BLOCK_OVERHEAD <= bytes.length) {
      const length = this.#blockLength(bytes, position);
      if (length === undefined) return this.#stop(position);
      if (position + length > bytes.length) {
        this.wanted = length;
        return position;
      }
      const sound = this.#order.uint32(bytes, position + length - 4) === length;
      if (!sound || !this.#readBlock(bytes, position, position + length - 4)) return this.#stop(position);
      position += length;
    }
    this.wanted = BLOCK_OVERHEAD;
    return position;
  }

  /** Undefined if it makes no sense. The first section header also sets the byte order. */
  #blockLength(bytes: Uint8Array, block: number): number | undefined {
    if (uint32(bytes, block) === SECTION_HEADER) {
      const order = byteOrder(bytes, block);
      if (order === undefined) return undefined;
      this.#order = order;
      this.#interfaces = [];
    }
    const length = this.#order.uint32(bytes, block + 4);
    if (length < BLOCK_OVERHEAD || length % 4 !== 0 || length > PCAPNG_BLOCK_LIMIT) return undefined;
    return length;
  }

  /** False if the block contradicts itself. `end` is the end of its body. */
  #readBlock(bytes: Uint8Array, block: number, end: number): boolean {
    switch (this.#order.uint32(bytes, block)) {
      case ENHANCED_PACKET:
        return this.#readPacket(bytes, block, end, this.#order.uint32(bytes, block + 8));
      case PACKET:
        return this.#readPacket(bytes, block, end, this.#order.uint16(bytes, block + 8));
      case SIMPLE_PACKET:
        return this.#readSimplePacket(bytes, block, end);
      case INTERFACE_DESCRIPTION:
        return this.#readInterface(bytes, block, end);
      case DECRYPTION_SECRETS:
        this.#readSecrets(bytes, block, end);
        return true;
      default:
        return true;
    }
  }

  /** Enhanced Packet Block §4.3, and the obsolete Packet Block, whose fields lie at the same places. */
  #readPacket(bytes: Uint8Array, block: number, end: number, interfaceId: number): boolean {
    const data = block + 28;
    const captured = this.#interfaces[interfaceId];
    if (data > end || captured === undefined) return false;
    const capturedLength = this.#order.uint32(bytes, block + 20);
    if (data + capturedLength > end) return false;
    const high = this.#order.uint32(bytes, block + 12);
    const low = this.#order.uint32(bytes, block + 16);
    const originalLength = this.#order.uint32(bytes, block + 24);
    const { linkType } = captured;
    this.#sink.emit(captured.timeMicros(high, low), linkType, bytes, data, data + capturedLength, originalLength);
    return true;
  }

  /** Simple Packet Block §4.4: it has no time, so the time of the frame before it stands in. */
  #readSimplePacket(bytes: Uint8Array, block: number, end: number): boolean {
    const data = block + 12;
    const captured = this.#interfaces[0];
    if (data > end || captured === undefined) return false;
    const originalLength = this.#order.uint32(bytes, block + 8);
    const snapLength = captured.snapLength === 0 ? originalLength : captured.snapLength;
    const capturedLength = Math.min(originalLength, snapLength, end - data);
    const dataEnd = data + capturedLength;
    this.#sink.tally.count("times-missing", this.#sink.frames + 1, { reason: "packets" });
    this.#sink.emit(this.#sink.lastTimeMicros, captured.linkType, bytes, data, dataEnd, originalLength, true);
    return true;
  }

  #readInterface(bytes: Uint8Array, block: number, end: number): boolean {
    if (block + 16 > end) return false;
    if (this.#interfaces.length >= PCAPNG_INTERFACE_LIMIT) {
      this.#sink.tally.count("limit-reached", this.#sink.frames + 1, { limit: "pcapng-interfaces" });
      return true;
    }
    this.#interfaces.push(readCaptureInterface(bytes, block + 8, end, this.#order));
    return true;
  }

  /** Decryption Secrets Block §4.7. Secrets of other protocols are passed over. */
  #readSecrets(bytes: Uint8Array, block: number, end: number): void {
    const data = block + 16;
    if (data > end || this.#order.uint32(bytes, block + 8) !== TLS_KEY_LOG) return;
    const length = Math.min(this.#order.uint32(bytes, block + 12), end - data);
    this.#sink.emitKeyLog(bytes.subarray(data, data + length));
  }

  #stop(position: number): number {
    this.damaged = true;
    this.#sink.tally.count("file-damaged", this.#sink.frames + 1);
    return position;
  }
}
