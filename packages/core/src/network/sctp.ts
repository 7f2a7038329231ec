import { joined } from "../bytes/joined.ts";
import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { packetSides } from "./endpoint.ts";
import { HOLE_TIMEOUT_MICROS, networkLimits, SEGMENT_REPEAT_MICROS, SENT_AGAIN_TIMES } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { DTLS_MAJOR } from "./otherUdp.ts";
import { RecentMap } from "./recentMap.ts";
import { FIRST, LAST, SctpFlow, type SctpPiece } from "./sctpFlow.ts";
import { isSipPort } from "./sipPorts.ts";
import { hasSipFields, isSipStart } from "./sipStart.ts";
import { isTlsRecord } from "./tls/tlsRecord.ts";

/** Ports, verification tag, checksum. RFC 9260 §3.1 */
const COMMON_HEADER = 12;
const DATA = 0;
const INIT = 1;
const INIT_ACK = 2;
const ABORT = 6;
const SHUTDOWN = 7;
/** Type, flags, length, initiate tag. RFC 9260 §3.3.2, §3.3.3 */
const INIT_TAG_END = 8;
/** The tag is the one that the sender of the ABORT was addressed with. RFC 9260 §3.3.7 */
const REFLECTED = 1;
/** Type, flags, length, sequence numbers, stream, payload protocol. RFC 9260 §3.3.1 */
const DATA_HEADER = 16;

/** The first one may get lost: it is sent again after 1 s, then after 2 s more. RFC 9260 §16 */
const UNANSWERED_TIMES = 2;

interface Opening {
  /** How often the INIT was sent again, and when last. */
  times: number;
  timeMicros: number;
  /** It was told that nobody answers it, or that it cannot be delivered. */
  isTold: boolean;
}

/** The SCTP associations of one capture. A SIP message is one user message: one DATA chunk, or several. RFC 4168 §5 */
export class SctpAssociations {
  readonly #layers: NetworkLayers;
  /** By verification tag and ports: an association may have several addresses. */
  readonly #flows: RecentMap<string, SctpFlow> = new RecentMap(networkLimits["sctp-associations"]);
  /** Those that wait for the rest of a message, in the order in which they began to. */
  readonly #waiting: Set<SctpFlow> = new Set();
  /** Those of which only an INIT was seen, by the direction in which it would be answered. */
  readonly #openings: RecentMap<string, Opening> = new RecentMap(networkLimits["sctp-associations"]);
  /** Sides of associations of which it was told that they are encrypted. */
  readonly #encrypted: RecentMap<string, true> = new RecentMap(networkLimits["sctp-associations"]);

  constructor(layers: NetworkLayers) {
    this.#layers = layers;
  }

  /** Takes the packet that starts at `datagram.offset`. */
  push(datagram: Datagram): void {
    this.#layers.counts.layers.sctp++;
    this.#expire(datagram.frame.timeMicros);
    const { bytes, offset, end } = datagram;
    for (let at = offset + COMMON_HEADER; at + 4 <= end;) {
      const length = uint16(bytes, at + 2);
      if (length < 4) break;
      if (bytes[at] === DATA) {
        if (length > DATA_HEADER && at + DATA_HEADER < end) this.#readData(datagram, at, length);
      } else if (bytes[at] <= SHUTDOWN) this.#readControl(datagram, at);
      at += (length + 3) & ~3;
    }
  }

  flush(): void {
    this.#expire(Infinity);
    this.#flows.clear();
  }

  /** An ICMP error quotes this packet: true where it is an INIT, which alone has no tag. RFC 9260 §8.5.1 */
  noteUnreachable(quoted: Datagram): boolean {
    const { bytes, offset, end } = quoted;
    if (uint32(bytes, offset + 4) !== 0) return false;
    const isTagQuoted = offset + COMMON_HEADER + INIT_TAG_END <= end;
    const opening = isTagQuoted ? this.#openings.get(openedKey(quoted, offset + COMMON_HEADER)) : undefined;
    if (opening !== undefined) opening.isTold = true;
    return true;
  }

  #readControl(datagram: Datagram, at: number): void {
    const { bytes, end } = datagram;
    const type = bytes[at];
    if (type === ABORT) this.#abort(datagram, at);
    else if (type === SHUTDOWN) this.#shutDown(datagram);
    else if (type === INIT && at + INIT_TAG_END <= end) this.#open(datagram, at);
    else if (type === INIT_ACK && at + INIT_TAG_END <= end) this.#learnSides(datagram, at);
  }

  /** The same INIT is sent again where nothing comes back. */
  #open(datagram: Datagram, at: number): void {
    const { bytes, offset, frame } = datagram;
    const { timeMicros } = frame;
    const key = openedKey(datagram, at);
    const opening = this.#openings.get(key);
    if (opening === undefined) return this.#openings.set(key, { times: 0, timeMicros, isTold: false });
    if (timeMicros - opening.timeMicros <= SEGMENT_REPEAT_MICROS) return;
    opening.timeMicros = timeMicros;
    if (++opening.times < UNANSWERED_TIMES || opening.isTold || !isSipPort(uint16(bytes, offset + 2))) return;
    opening.isTold = true;
    const { capture, onEvent } = this.#layers;
    const sides = packetSides(datagram);
    onEvent({ kind: "connection-unanswered", transport: "sctp", capture, frame: frame.number, timeMicros, ...sides });
  }

  /** Both tags of an association: the one that its answer carries, and the one that its answer asks for. */
  #learnSides(datagram: Datagram, at: number): void {
    const { bytes, offset } = datagram;
    const [sourcePort, destinationPort] = [uint16(bytes, offset), uint16(bytes, offset + 2)];
    const { source, destination } = packetSides(datagram);
    const flow = this.#flowOf(sourcePort, destinationPort, uint32(bytes, offset + 4));
    const back = this.#flowOf(destinationPort, sourcePort, uint32(bytes, at + 4));
    flow.sides = { source, destination };
    back.sides = { source: destination, destination: source };
    [flow.back, back.back] = [back, flow];
    const key = flowKey(sourcePort, destinationPort, uint32(bytes, offset + 4));
    const isToldOtherwise = this.#openings.get(key)?.isTold === true;
    this.#openings.delete(key);
    if (!isToldOtherwise) return;
    const { capture, onEvent } = this.#layers;
    const { number: frame, timeMicros } = datagram.frame;
    onEvent({ kind: "connection-opened", capture, frame, timeMicros, ...back.sides });
  }

  /** It refuses the association where it answers an INIT. What is known of others is known from their messages, or how they were set up. */
  #abort(datagram: Datagram, at: number): void {
    const { bytes, offset, frame } = datagram;
    const [sourcePort, destinationPort, tag] = [
      uint16(bytes, offset),
      uint16(bytes, offset + 2),
      uint32(bytes, offset + 4),
    ];
    const key = flowKey(sourcePort, destinationPort, tag);
    const isReflected = (bytes[at + 1] & REFLECTED) !== 0;
    const refused = !isReflected && this.#openings.get(key) !== undefined;
    this.#openings.delete(key);
    const own = isReflected ? this.#flows.get(flowKey(destinationPort, sourcePort, tag))?.back : this.#flows.get(key);
    const sides = own?.sides ?? packetSides(datagram);
    if (!refused && !this.#layers.pairs.has(sides.source, sides.destination)) return;
    const { capture, onEvent } = this.#layers;
    const when = { capture, frame: frame.number, timeMicros: frame.timeMicros };
    onEvent({ kind: "connection-reset", transport: "sctp", ...when, refused, ...sides });
  }

  /** The other side ends it as well then, so that the first word of either is enough. RFC 9260 §9.2 */
  #shutDown(datagram: Datagram): void {
    const { bytes, offset, frame } = datagram;
    const flow = this.#flowOf(uint16(bytes, offset), uint16(bytes, offset + 2), uint32(bytes, offset + 4));
    const sides = flow.sides ?? packetSides(datagram);
    if (flow.isClosing || flow.back?.isClosing === true) return;
    flow.isClosing = true;
    if (!this.#layers.pairs.has(sides.source, sides.destination)) return;
    const { capture, onEvent } = this.#layers;
    const when = { capture, frame: frame.number, timeMicros: frame.timeMicros };
    const { saidNothing } = flow;
    onEvent({ kind: "connection-closed", by: "sctp-shutdown", ...when, saidNothing, ...sides });
  }

  #readData(datagram: Datagram, at: number, length: number): void {
    const { bytes, offset, end, frame, ipId } = datagram;
    const { number, timeMicros } = frame;
    const [sourcePort, destinationPort] = [uint16(bytes, offset), uint16(bytes, offset + 2)];
    const flow = this.#flowOf(sourcePort, destinationPort, uint32(bytes, offset + 4));
    if (!flow.see(uint32(bytes, at + 4))) {
      if (flow.isSamePacket(ipId, timeMicros, SEGMENT_REPEAT_MICROS))
        this.#layers.tally.count("packets-duplicated", number);
      else if (at === offset + COMMON_HEADER) this.#sentAgain(datagram, flow, length);
      return;
    }
    flow.remember(ipId, timeMicros);
    const flags = bytes[at + 1] & (FIRST | LAST);
    const isWhole = flags === (FIRST | LAST);
    const start = at + DATA_HEADER;
    const stop = Math.min(end, at + length);
    const { source, destination } = flow.sides ?? packetSides(datagram);
    const piece: SctpPiece = {
      frame: number,
      timeMicros,
      ipId,
      source,
      destination,
      flags,
      bytes: isWhole ? bytes : bytes.slice(start, stop),
      cut: stop < at + length,
    };
    if (isWhole) this.#emit(piece, bytes, start, stop, piece.cut);
    else this.#hold(flow, uint32(bytes, at + 4), piece);
  }

  /** `length`: of the first chunk of the packet, which is the one that is waited for longest. */
  #sentAgain(datagram: Datagram, flow: SctpFlow, length: number): void {
    const { bytes, offset, frame } = datagram;
    const { number, timeMicros } = frame;
    const times = flow.countAgain(uint32(bytes, offset + COMMON_HEADER + 4), timeMicros, SEGMENT_REPEAT_MICROS);
    const sides = flow.sides ?? packetSides(datagram);
    if (times < SENT_AGAIN_TIMES || !this.#layers.pairs.has(sides.source, sides.destination)) return;
    const { capture, onEvent } = this.#layers;
    const when = { capture, frame: number, timeMicros, afterMicros: timeMicros - flow.latestMicros };
    const what = { times, bytes: length - DATA_HEADER, ...sides };
    onEvent({ kind: "connection-unacknowledged", transport: "sctp", ...when, ...what });
  }

  #hold(flow: SctpFlow, tsn: number, piece: SctpPiece): void {
    const pieces = flow.add(tsn, piece);
    if (pieces !== undefined) this.#join(pieces, piece);
    if (flow.pieces === 0) this.#waiting.delete(flow);
    else this.#waiting.add(flow);
    const limit = this.#limitReached(flow);
    if (limit === undefined) return;
    this.#layers.tally.count("limit-reached", piece.frame, { limit });
    this.#giveUp(limit === "sctp-pending-messages" ? this.#waiting.values().next().value! : flow);
  }

  #limitReached(flow: SctpFlow): keyof typeof networkLimits | undefined {
    if (flow.pieceBytes > networkLimits["sctp-pending-bytes"]) return "sctp-pending-bytes";
    if (flow.pieces > networkLimits["sctp-pending-chunks"]) return "sctp-pending-chunks";
    return this.#waiting.size > networkLimits["sctp-pending-messages"] ? "sctp-pending-messages" : undefined;
  }

  #expire(timeMicros: number): void {
    for (const flow of this.#waiting) {
      if (timeMicros - flow.sinceMicros < HOLE_TIMEOUT_MICROS) break;
      this.#giveUp(flow);
    }
  }

  /** The beginning of a message without its end says more than nothing. */
  #giveUp(flow: SctpFlow): void {
    this.#waiting.delete(flow);
    for (const pieces of flow.giveUp()) {
      this.#layers.tally.count("fragments-missing", pieces[0].frame);
      this.#join(pieces, pieces[0], true);
    }
  }

  /** `completing`: the piece whose frame completed the message. */
  #join(pieces: readonly SctpPiece[], completing: SctpPiece, isCut = false): void {
    const firstCut = pieces.findIndex(({ cut }) => cut);
    const there = firstCut < 0 ? pieces : pieces.slice(0, firstCut + 1);
    const bytes = joined(there.map((piece) => piece.bytes));
    this.#emit(completing, bytes, 0, bytes.length, isCut || firstCut >= 0);
  }

  #emit(piece: SctpPiece, bytes: Uint8Array, start: number, end: number, cut: boolean): void {
    const { frame, timeMicros, ipId, source, destination } = piece;
    if (isEncrypted(bytes, start, end)) return this.#tellEncrypted(piece);
    const isStart = isSipStart(bytes, start, end, cut);
    if (!isStart && !(hasSipFields(bytes, start, end) && this.#layers.pairs.has(source, destination))) return;
    if (!this.#layers.pairs.add(source, destination))
      this.#layers.tally.count("limit-reached", frame, { limit: "sip-endpoint-pairs" });
    this.#layers.onPacket({
      capture: this.#layers.capture,
      frame,
      timeMicros,
      transport: "sctp",
      source,
      destination,
      bytes,
      start,
      end,
      ipId,
      fragments: 1,
      cut,
    });
  }

  /** Other protocols are carried so as well: only where the port is one for SIP. */
  #tellEncrypted({ frame, source, destination }: SctpPiece): void {
    if (!isSipPort(source.port) && !isSipPort(destination.port)) return;
    const key = [source.text, destination.text].toSorted().join(" ");
    if (this.#encrypted.get(key) !== undefined) return;
    this.#encrypted.set(key, true);
    this.#layers.tally.count("encrypted", frame, { reason: "over-sctp" });
  }

  #flowOf(sourcePort: number, destinationPort: number, tag: number): SctpFlow {
    const key = flowKey(sourcePort, destinationPort, tag);
    let flow = this.#flows.get(key);
    if (flow === undefined) {
      flow = new SctpFlow();
      this.#flows.set(key, flow);
    }
    return flow;
  }
}

function flowKey(sourcePort: number, destinationPort: number, tag: number): string {
  return String.fromCharCode(sourcePort, destinationPort, tag >>> 16, tag & 0xffff);
}

/** Of the direction in which an INIT is answered: it names the tag that the answer carries. RFC 9260 §5.1 */
function openedKey({ bytes, offset }: Datagram, at: number): string {
  return flowKey(uint16(bytes, offset + 2), uint16(bytes, offset), uint32(bytes, at + 4));
}

/** TLS, a user message a record, or DTLS. RFC 4168 §7 */
function isEncrypted(bytes: Uint8Array, start: number, end: number): boolean {
  if (isTlsRecord(bytes, start, end)) return true;
  return end - start >= 13 && bytes[start] >= 20 && bytes[start] <= 25 && bytes[start + 1] === DTLS_MAJOR;
}
