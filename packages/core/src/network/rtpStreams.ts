import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { destinationEndpoint, sourceEndpoint } from "./endpoint.ts";
import { RTP_PAUSE_MICROS, RTP_TELL_MICROS } from "./limits.ts";
import type { Endpoint, RtpStream } from "./packet.ts";

/** Bytes of the header without contributing sources. RFC 3550 §5.1 */
const HEADER_BYTES = 12;
/** Of a stream that changes between more than that no more are told. */
const MOST_PAYLOAD_TYPES = 8;
/** Streams under way that are told from each other; when there are more, what is known of all is told, and they begin anew. */
const MAX_OPEN = 65_536;

/** What tells a packet from others. */
interface Numbers {
  readonly protocol: RtpStream["protocol"];
  readonly ssrc: number;
  readonly sequence: number;
  /** -1 where the protocol has none. */
  readonly payloadType: number;
}

interface OpenStream {
  readonly protocol: RtpStream["protocol"];
  /** Source address, destination address and ports, as they are on the wire. */
  readonly sides: Uint8Array;
  readonly ssrc: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Another one of the same hash. */
  readonly next: OpenStream | undefined;
  capture: number;
  frame: number;
  firstMicros: number;
  lastMicros: number;
  packets: number;
  lastSequence: number;
  /** That of the latest packet, and each that came. */
  payloadType: number;
  payloadTypes: number[];
  isTold: boolean;
}

/**
 * Counts the RTP packets of one capture, and those of fax, by source and destination: not what they carry, and whether anybody has announced them is for others to
 * find out. A stream is told when it begins, and again every few seconds as long as it goes on.
 */
export class RtpStreams {
  /** What is due at this time is told by `tell`, microseconds since the epoch. */
  deadlineMicros: number = Number.POSITIVE_INFINITY;
  readonly #onStream: (stream: RtpStream) => void;
  readonly #open: Map<number, OpenStream> = new Map();
  #count = 0;

  constructor(onStream: (stream: RtpStream) => void) {
    this.#onStream = onStream;
  }

  /** An RTP packet begins at `start`; the UDP header is at `datagram.offset`. */
  push(datagram: Datagram, start: number): void {
    const { bytes, end } = datagram;
    if (end - start < HEADER_BYTES) return;
    this.#add(datagram, {
      protocol: "RTP",
      ssrc: uint32(bytes, start + 8),
      sequence: uint16(bytes, start + 2),
      payloadType: bytes[start + 1] & 0x7f,
    });
  }

  /** The same for a packet of UDPTL. */
  pushUdptl(datagram: Datagram, start: number): void {
    this.#add(datagram, { protocol: "UDPTL", ssrc: 0, sequence: uint16(datagram.bytes, start), payloadType: -1 });
  }

  #add(datagram: Datagram, numbers: Numbers): void {
    const { frame } = datagram;
    const hash = hashOf(datagram, numbers.ssrc);
    const { timeMicros } = frame;
    const known = this.#find(hash, datagram, numbers);
    if (known === undefined) return this.#begin(hash, datagram, numbers);
    const { sequence, payloadType } = numbers;
    // The same packet, seen by two taps.
    if (sequence === known.lastSequence) return;
    if (timeMicros - known.lastMicros > RTP_PAUSE_MICROS) {
      if (!known.isTold) this.#onStream(streamOf(known));
      known.firstMicros = timeMicros;
      known.packets = 0;
      known.payloadTypes = [];
      known.payloadType = -1;
    }
    notePayloadType(known, payloadType);
    known.lastSequence = sequence;
    known.packets++;
    known.capture = frame.capture;
    known.frame = frame.number;
    if (timeMicros > known.lastMicros) known.lastMicros = timeMicros;
    known.isTold = false;
  }

  /** Tells what has changed since it was told last, and forgets streams that have ended. */
  tell(nowMicros: number): void {
    this.deadlineMicros = this.#count === 0 ? Number.POSITIVE_INFINITY : nowMicros + RTP_TELL_MICROS;
    for (const [hash, first] of this.#open) {
      let hasEnded = true;
      for (let stream: OpenStream | undefined = first; stream !== undefined; stream = stream.next) {
        if (!stream.isTold) this.#onStream(streamOf(stream));
        stream.isTold = true;
        hasEnded &&= nowMicros - stream.lastMicros > RTP_PAUSE_MICROS;
      }
      if (hasEnded) this.#forget(hash, first);
    }
  }

  flush(): void {
    this.tell(Number.POSITIVE_INFINITY);
  }

  #find(hash: number, datagram: Datagram, { protocol, ssrc }: Numbers): OpenStream | undefined {
    let stream = this.#open.get(hash);
    while (
      stream !== undefined &&
      !(stream.ssrc === ssrc && stream.protocol === protocol && hasSides(stream.sides, datagram))
    )
      stream = stream.next;
    return stream;
  }

  #begin(hash: number, datagram: Datagram, { protocol, ssrc, sequence, payloadType }: Numbers): void {
    const { bytes, offset, frame } = datagram;
    if (this.#count >= MAX_OPEN) this.flush();
    const stream: OpenStream = {
      protocol,
      sides: sidesOf(datagram),
      ssrc,
      source: sourceEndpoint(datagram, uint16(bytes, offset)),
      destination: destinationEndpoint(datagram, uint16(bytes, offset + 2)),
      next: this.#open.get(hash),
      capture: frame.capture,
      frame: frame.number,
      firstMicros: frame.timeMicros,
      lastMicros: frame.timeMicros,
      packets: 1,
      lastSequence: sequence,
      payloadType,
      payloadTypes: payloadType < 0 ? [] : [payloadType],
      isTold: true,
    };
    this.#open.set(hash, stream);
    this.#count++;
    this.#onStream(streamOf(stream));
    if (this.deadlineMicros === Number.POSITIVE_INFINITY) this.deadlineMicros = frame.timeMicros + RTP_TELL_MICROS;
  }

  #forget(hash: number, first: OpenStream): void {
    this.#open.delete(hash);
    for (let stream: OpenStream | undefined = first; stream !== undefined; stream = stream.next) this.#count--;
  }
}

function notePayloadType(stream: OpenStream, type: number): void {
  if (type < 0 || type === stream.payloadType) return;
  stream.payloadType = type;
  const { payloadTypes: known } = stream;
  if (known.length < MOST_PAYLOAD_TYPES && !known.includes(type)) known.push(type);
}

function streamOf(open: OpenStream): RtpStream {
  const { protocol, capture, frame, lastMicros, firstMicros, packets, ssrc, payloadTypes, source, destination } = open;
  return {
    kind: "rtp-stream",
    protocol,
    capture,
    frame,
    timeMicros: lastMicros,
    firstMicros,
    packets,
    ssrc,
    payloadTypes: [...payloadTypes],
    source,
    destination,
  };
}

/** A small integer. */
function hashOf(datagram: Datagram, ssrc: number): number {
  const { addresses, sourceAt, destinationAt, addressLength, bytes, offset } = datagram;
  const last = addressLength - 4;
  let hash = Math.imul(ssrc ^ uint32(addresses, sourceAt + last), 0x9e3779b1);
  hash = Math.imul(hash ^ uint32(addresses, destinationAt + last), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ uint32(bytes, offset), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x3fff_ffff;
}

function sidesOf({ addresses, sourceAt, destinationAt, addressLength, bytes, offset }: Datagram): Uint8Array {
  const sides = new Uint8Array(addressLength * 2 + 4);
  sides.set(addresses.subarray(sourceAt, sourceAt + addressLength));
  sides.set(addresses.subarray(destinationAt, destinationAt + addressLength), addressLength);
  sides.set(bytes.subarray(offset, offset + 4), addressLength * 2);
  return sides;
}

function hasSides(sides: Uint8Array, datagram: Datagram): boolean {
  const { addresses, sourceAt, destinationAt, addressLength, bytes, offset } = datagram;
  if (sides.length !== addressLength * 2 + 4) return false;
  for (let i = 0; i < addressLength; i++) {
    if (sides[i] !== addresses[sourceAt + i] || sides[addressLength + i] !== addresses[destinationAt + i]) return false;
  }
  return uint32(sides, addressLength * 2) === uint32(bytes, offset);
}
