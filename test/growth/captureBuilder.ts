/** Writes a capture file of raw IPv4, packet by packet. */
export class CaptureBuilder {
  readonly #parts: Buffer[] = [fileHeader(RAW_IP)];
  /** Microseconds since the epoch of the next packet. */
  timeMicros = 1_800_000_000_000_000;

  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  /** A record of any bytes. */
  add(packet: Uint8Array): void {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(this.timeMicros / 1e6), 0);
    record.writeUInt32LE(this.timeMicros % 1e6, 4);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    this.#parts.push(record, Buffer.from(packet));
    this.timeMicros += 1000;
  }

  ip(protocol: number, payload: Uint8Array, { from = CLIENT, to = SERVER, id = 0, flags = 0 }: IpOptions = {}): void {
    const header = Buffer.alloc(20);
    header.writeUInt8(0x45, 0);
    header.writeUInt16BE(20 + payload.length, 2);
    header.writeUInt16BE(id & 0xffff, 4);
    header.writeUInt16BE(flags, 6);
    header.writeUInt8(64, 8);
    header.writeUInt8(protocol, 9);
    header.writeUInt32BE(from, 12);
    header.writeUInt32BE(to, 16);
    this.add(Buffer.concat([header, payload]));
  }

  udp(text: string | Uint8Array, { fromPort = 5060, toPort = 5060, ...options }: UdpOptions = {}): void {
    const payload = Buffer.from(text as Uint8Array);
    const header = Buffer.alloc(8);
    header.writeUInt16BE(fromPort, 0);
    header.writeUInt16BE(toPort, 2);
    header.writeUInt16BE(8 + payload.length, 4);
    this.ip(17, Buffer.concat([header, payload]), options);
  }

  tcp(
    text: string | Uint8Array,
    { sequence, flags = ACK, fromPort = 40_000, toPort = 5060, ...options }: TcpOptions,
  ): void {
    const header = Buffer.alloc(20);
    header.writeUInt16BE(fromPort, 0);
    header.writeUInt16BE(toPort, 2);
    header.writeUInt32BE(sequence >>> 0, 4);
    header.writeUInt8(0x50, 12);
    header.writeUInt8(flags, 13);
    this.ip(6, Buffer.concat([header, Buffer.from(text as Uint8Array)]), options);
  }
}

export interface IpOptions {
  readonly from?: number;
  readonly to?: number;
  readonly id?: number;
  /** Flags and fragment offset. */
  readonly flags?: number;
}

interface UdpOptions extends IpOptions {
  readonly fromPort?: number;
  readonly toPort?: number;
}

interface TcpOptions extends UdpOptions {
  readonly sequence: number;
  readonly flags?: number;
}

export const SYN = 2;
const ACK = 16;
const RAW_IP = 101;
/** 10.0.0.1 and 10.0.0.2. */
export const CLIENT = 0x0a000001;
export const SERVER = 0x0a000002;

function fileHeader(linkType: number): Buffer {
  const header = Buffer.alloc(24);
  for (const [index, word] of [0xa1b2c3d4, 0x00040002, 0, 0, 262_144, linkType].entries()) {
    header.writeUInt32LE(word, index * 4);
  }
  return header;
}

export interface SipOptions {
  readonly callId?: string;
  readonly cseq?: string;
  readonly branch?: string;
  readonly fields?: string;
  readonly body?: string;
  readonly toTag?: string;
  readonly uri?: string;
}

/** A request, or a response where `start` is a status line. */
export function sip(start: string, options: SipOptions = {}): string {
  const { callId = "a", branch = "1", fields = "", body = "", toTag = "", uri = "sip:bob@example.test" } = options;
  const isResponse = start.startsWith("SIP/");
  const { cseq = `1 ${isResponse ? "INVITE" : start}` } = options;
  return [
    isResponse ? start : `${start} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${branch}`,
    "From: <sip:alice@example.test>;tag=1",
    `To: <sip:bob@example.test>${toTag === "" ? "" : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    `Max-Forwards: 70\r\n${fields}Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}
