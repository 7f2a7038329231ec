import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { destinationEndpoint, packetSides, sourceEndpoint } from "./endpoint.ts";
import { HOLE_SWEEP_MICROS, networkLimits, STALLED_MICROS } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { RecentMap } from "./recentMap.ts";
import { isSipPort } from "./sipPorts.ts";
import { TcpConnection } from "./tcpConnection.ts";
import type { TcpSegment, TcpStream } from "./tcpStream.ts";

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** It is sent again after 1 s, then after 2 s more: the first one may get lost. RFC 6298 §2 */
const UNANSWERED_MICROS = 2_500_000;

/** Connections whose addresses and ports have the same hash: more only come from somebody who wants it. */
const CHAIN_LIMIT = 8;

/** The TCP connections of one capture. RFC 9293. */
export class TcpConnections {
  readonly #layers: NetworkLayers;
  /** By hash of both addresses and ports; connections of one hash are chained. */
  readonly #connections: RecentMap<number, TcpConnection>;
  /** Streams that wait behind a hole or for the rest of a message, in the order in which they began to. */
  readonly #waiting: Set<TcpStream> = new Set();
  /** When the first of those is given up. */
  deadlineMicros: number = Infinity;
  #missingBytes = 0;

  constructor(layers: NetworkLayers) {
    this.#layers = layers;
    this.#connections = new RecentMap(networkLimits["tcp-connections"], (dropped) => this.#drop(dropped));
  }

  /** Takes the segment that starts at `datagram.offset`. */
  push(datagram: Datagram): void {
    const { bytes, offset, end } = datagram;
    const start = offset + (bytes[offset + 12] >> 4) * 4;
    const flags = bytes[offset + 13];
    if (end - offset < 20 || start < offset + 20 || start > end) {
      this.#layers.counts.unread.malformed++;
      return;
    }
    this.#layers.counts.layers.tcp++;
    const length = end - start;
    const isFull = uint16(bytes, offset + 14) === 0;
    if (length === 0 && (flags & (SYN | RST | FIN)) === 0 && this.#waiting.size === 0 && !isFull) return;
    const connection = this.#connectionOf(datagram, length > 0 || (flags & SYN) !== 0);
    if ((flags & RST) !== 0) return this.#reset(datagram, flags, connection);
    if (connection === undefined) return;
    const stream = connection.streamOf(datagram);
    const peer = connection.peerOf(stream);
    const sequence = uint32(bytes, offset + 4);
    const isSyn = (flags & SYN) !== 0;
    // The same ports again: the other direction begins anew as well.
    if (isSyn && stream.open(sequence, datagram.frame.timeMicros)) {
      if ((flags & ACK) === 0) connection.restart(peer);
      else if (peer.isUnanswered) this.#openedAfterAll(datagram, peer);
    } else if (isSyn && (flags & ACK) === 0) this.#sentAgain(datagram, stream, peer);
    if (isFull) this.#noteFull(datagram, connection, stream);
    // Only a probe is sent to who has no room. RFC 9293 §3.8.6.1
    else if (length > 1) peer.fullSinceMicros = -1;
    if (length > 0 && !stream.ignored) stream.push(segmentOf(datagram, start, isSyn ? sequence + 1 : sequence));
    if ((flags & FIN) !== 0) {
      const finSequence = (sequence + length + datagram.missing) >>> 0;
      const isEmpty = finSequence === (stream.initialSequence + 1) >>> 0 && !stream.ignored;
      const saidNothing = isEmpty && stream.initialSequence >= 0;
      stream.close(finSequence);
      const { number: frame, timeMicros } = datagram.frame;
      connection.close(stream, { by: "fin", saidNothing, frame, timeMicros });
      connection.end(stream, frame, timeMicros);
    }
    if ((flags & ACK) !== 0 && peer.deadlineMicros !== Infinity) {
      peer.acknowledge(uint32(bytes, offset + 8), datagram.frame.timeMicros);
    }
  }

  /** Gives up what is not going to come. */
  expire(timeMicros: number): void {
    for (const stream of this.#waiting) if (stream.deadlineMicros <= timeMicros) stream.giveUp(true);
    this.deadlineMicros = Infinity;
    for (const stream of this.#waiting) this.deadlineMicros = Math.min(this.deadlineMicros, stream.deadlineMicros);
    this.deadlineMicros = Math.max(this.deadlineMicros, timeMicros + HOLE_SWEEP_MICROS);
  }

  flush(): void {
    for (const head of this.#connections.values()) {
      for (let next: TcpConnection | undefined = head; next !== undefined; next = next.next) next.forget();
    }
    this.#connections.clear();
  }

  /** `isWaiting`: the stream has begun to wait for what is missing; otherwise it has stopped. */
  onWait(stream: TcpStream, isWaiting: boolean): void {
    if (!isWaiting) {
      this.#waiting.delete(stream);
      if (this.#waiting.size === 0) this.deadlineMicros = Infinity;
      return;
    }
    this.#waiting.add(stream);
    this.deadlineMicros = Math.min(this.deadlineMicros, stream.deadlineMicros);
    if (this.#waiting.size <= networkLimits["tcp-waiting"]) return;
    this.#layers.tally.count("limit-reached", undefined, { limit: "tcp-waiting" });
    this.#waiting.values().next().value!.giveUp(false);
  }

  onGap(frame: number, bytes: number): void {
    this.#missingBytes += bytes;
    this.#layers.tally.count("packets-missing", frame, { bytes: this.#missingBytes });
  }

  #connectionOf(datagram: Datagram, create: boolean): TcpConnection | undefined {
    const hash = hashOf(datagram);
    let head = this.#connections.get(hash);
    let chained = 0;
    for (let next = head; next !== undefined; next = next.next, chained++) if (next.isOf(datagram)) return next;
    if (!create) return undefined;
    if (head !== undefined && chained >= CHAIN_LIMIT) {
      this.#drop([head]);
      head = undefined;
    }
    this.#layers.counts.connections.all++;
    const connection = new TcpConnection(datagram, this.#layers, head);
    this.#connections.set(hash, connection);
    return connection;
  }

  /** A RST ends both directions. It refuses if it acknowledges a SYN that nothing else has answered. RFC 9293 §3.5.2. */
  #reset(datagram: Datagram, flags: number, connection: TcpConnection | undefined): void {
    const { bytes, offset, frame } = datagram;
    const stream = connection?.streamOf(datagram);
    const refused =
      connection !== undefined &&
      stream !== undefined &&
      (flags & ACK) !== 0 &&
      stream.initialSequence < 0 &&
      (connection.peerOf(stream).initialSequence + 1) >>> 0 === uint32(bytes, offset + 8);
    connection?.finish();
    if (stream !== undefined) connection?.end(stream, frame.number, frame.timeMicros);
    this.#layers.onEvent({
      kind: "connection-reset",
      transport: "tcp",
      capture: frame.capture,
      frame: frame.number,
      timeMicros: frame.timeMicros,
      refused,
      ...packetSides(datagram),
    });
  }

  /** A SYN for SIP. */
  #sentAgain(datagram: Datagram, stream: TcpStream, peer: TcpStream): void {
    const { bytes, offset, frame } = datagram;
    const port = uint16(bytes, offset + 2);
    if (stream.isUnanswered || peer.initialSequence >= 0 || !isSipPort(port)) return;
    if (frame.timeMicros - stream.openedMicros < UNANSWERED_MICROS) return;
    stream.isUnanswered = true;
    this.#layers.onEvent({
      kind: "connection-unanswered",
      transport: "tcp",
      capture: frame.capture,
      frame: frame.number,
      timeMicros: frame.timeMicros,
      ...packetSides(datagram),
    });
  }

  /** Whoever sends to this side asks again and again whether it has room now. */
  #noteFull(datagram: Datagram, connection: TcpConnection, stream: TcpStream): void {
    const { capture, number: frame, timeMicros } = datagram.frame;
    if (!connection.speaksSip) return;
    if (stream.fullSinceMicros < 0) stream.fullSinceMicros = timeMicros;
    const afterMicros = timeMicros - stream.fullSinceMicros;
    if (afterMicros < STALLED_MICROS) return;
    const sides = packetSides(datagram);
    this.#layers.onEvent({ kind: "connection-stalled", capture, frame, timeMicros, afterMicros, ...sides });
  }

  /** A SYN is answered of which it was told that it is not. */
  #openedAfterAll(datagram: Datagram, asked: TcpStream): void {
    const { bytes, offset, frame } = datagram;
    asked.isUnanswered = false;
    this.#layers.onEvent({
      kind: "connection-opened",
      capture: frame.capture,
      frame: frame.number,
      timeMicros: frame.timeMicros,
      source: destinationEndpoint(datagram, uint16(bytes, offset + 2)),
      destination: sourceEndpoint(datagram, uint16(bytes, offset)),
    });
  }

  /** An ICMP error quotes this segment: true where it is a SYN that nobody has answered. */
  noteUnreachable(quoted: Datagram): boolean {
    const connection = this.#connectionOf(quoted, false);
    const stream = connection?.streamOf(quoted);
    if (connection === undefined || stream === undefined) return false;
    const isOpening = stream.initialSequence === uint32(quoted.bytes, quoted.offset + 4);
    if (!isOpening || connection.peerOf(stream).initialSequence >= 0) return false;
    stream.isUnanswered = true;
    return true;
  }

  #drop(dropped: Iterable<TcpConnection>): void {
    for (const head of dropped) {
      for (let next: TcpConnection | undefined = head; next !== undefined; next = next.next) {
        if (next.speaksSip) this.#layers.tally.count("limit-reached", undefined, { limit: "tcp-connections" });
        next.forget();
      }
    }
  }
}

function segmentOf(datagram: Datagram, start: number, sequence: number): TcpSegment {
  const { frame, ipId, bytes, end, missing } = datagram;
  return {
    frame: frame.number,
    timeMicros: frame.timeMicros,
    ipId,
    sequence: sequence >>> 0,
    bytes,
    start,
    end,
    missing,
  };
}

/** The same for both directions. */
function hashOf(datagram: Datagram): number {
  const { bytes, offset, sourceAt, destinationAt } = datagram;
  return (
    (sideHash(datagram, sourceAt, uint16(bytes, offset)) +
      sideHash(datagram, destinationAt, uint16(bytes, offset + 2))) |
    0
  );
}

function sideHash({ addresses, addressLength }: Datagram, at: number, port: number): number {
  let hash = port;
  for (let i = at; i < at + addressLength; i += 4) hash = Math.imul(hash, 0x01000193) ^ uint32(addresses, i);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
