import { joined } from "../bytes/joined.ts";
import { uint16, uint32 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import { destinationEndpoint, sourceEndpoint } from "./endpoint.ts";
import { HOLE_TIMEOUT_MICROS, networkLimits, SEGMENT_REPEAT_MICROS } from "./limits.ts";
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
const INIT_ACK = 2;
/** Type, flags, length, initiate tag. RFC 9260 §3.3.3 */
const INIT_ACK_TAG_END = 8;
/** Type, flags, length, sequence numbers, stream, payload protocol. RFC 9260 §3.3.1 */
const DATA_HEADER = 16;

/** The SCTP associations of one capture. A SIP message is one user message: one DATA chunk, or several. RFC 4168 §5 */
export class SctpAssociations {
  readonly #layers: NetworkLayers;
  /** By verification tag and ports: an association may have several addresses. */
  readonly #flows: RecentMap<string, SctpFlow> = new RecentMap(networkLimits["sctp-associations"]);
  /** Those that wait for the rest of a message, in the order in which they began to. */
  readonly #waiting: Set<SctpFlow> = new Set();
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
      if (bytes[at] === DATA && length > DATA_HEADER && at + DATA_HEADER < end) this.#readData(datagram, at, length);
      else if (bytes[at] === INIT_ACK && at + INIT_ACK_TAG_END <= end) this.#learnSides(datagram, at);
      at += (length + 3) & ~3;
    }
  }

  flush(): void {
    this.#expire(Infinity);
    this.#flows.clear();
  }

  /** Both tags of an association: the one that its answer carries, and the one that its answer asks for. */
  #learnSides(datagram: Datagram, at: number): void {
    const { bytes, offset } = datagram;
    const [sourcePort, destinationPort] = [uint16(bytes, offset), uint16(bytes, offset + 2)];
    const source = sourceEndpoint(datagram, sourcePort);
    const destination = destinationEndpoint(datagram, destinationPort);
    this.#flowOf(sourcePort, destinationPort, uint32(bytes, offset + 4)).sides = { source, destination };
    const back = this.#flowOf(destinationPort, sourcePort, uint32(bytes, at + 4));
    back.sides = { source: destination, destination: source };
  }

  #readData(datagram: Datagram, at: number, length: number): void {
    const { bytes, offset, end, frame, ipId } = datagram;
    const { number, timeMicros } = frame;
    const [sourcePort, destinationPort] = [uint16(bytes, offset), uint16(bytes, offset + 2)];
    const flow = this.#flowOf(sourcePort, destinationPort, uint32(bytes, offset + 4));
    if (!flow.see(uint32(bytes, at + 4))) {
      if (flow.isSamePacket(ipId, timeMicros, SEGMENT_REPEAT_MICROS))
        this.#layers.tally.count("packets-duplicated", number);
      return;
    }
    flow.remember(ipId, timeMicros);
    const flags = bytes[at + 1] & (FIRST | LAST);
    const isWhole = flags === (FIRST | LAST);
    const start = at + DATA_HEADER;
    const stop = Math.min(end, at + length);
    const piece: SctpPiece = {
      frame: number,
      timeMicros,
      ipId,
      source: flow.sides?.source ?? sourceEndpoint(datagram, sourcePort),
      destination: flow.sides?.destination ?? destinationEndpoint(datagram, destinationPort),
      flags,
      bytes: isWhole ? bytes : bytes.slice(start, stop),
      cut: stop < at + length,
    };
    if (isWhole) this.#emit(piece, bytes, start, stop, piece.cut);
    else this.#hold(flow, uint32(bytes, at + 4), piece);
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
    const key = String.fromCharCode(sourcePort, destinationPort, tag >>> 16, tag & 0xffff);
    let flow = this.#flows.get(key);
    if (flow === undefined) {
      flow = new SctpFlow();
      this.#flows.set(key, flow);
    }
    return flow;
  }
}

/** TLS, a user message a record, or DTLS. RFC 4168 §7 */
function isEncrypted(bytes: Uint8Array, start: number, end: number): boolean {
  if (isTlsRecord(bytes, start, end)) return true;
  return end - start >= 13 && bytes[start] >= 20 && bytes[start] <= 25 && bytes[start + 1] === DTLS_MAJOR;
}
