import { uint16 } from "../bytes/integers.ts";
import { readHep } from "../capture/hep.ts";
import type { Transport } from "../capture/transport.ts";
import { ClearStream, type ClearStreamOptions } from "./clearStream.ts";
import type { Datagram } from "./datagram.ts";
import { endpointAt } from "./endpoint.ts";
import { emitHep } from "./hep.ts";
import { SENT_AGAIN_TIMES } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { OtherSpeech, type Saying } from "./otherSpeech.ts";
import type { ConnectionClosed, Endpoint, SeenCertificates, Sides, TlsFailure } from "./packet.ts";
import type { MessageEnd } from "./sipStream.ts";
import type { ReadingPlace, StreamReader } from "./streamReader.ts";
import { type TcpSegment, TcpStream, type TcpStreamOptions } from "./tcpStream.ts";
import { versionName } from "./tls/serverHello.ts";
import { TlsConnection, type Unreadable } from "./tls/tlsConnection.ts";
import { isAlertRecord, isClientHelloRecord, isTlsRecord } from "./tls/tlsRecord.ts";

/** How a TLS handshake ended, and where. */
type TlsEnd = Pick<TlsFailure, "kind" | "frame" | "timeMicros"> &
  Partial<Pick<TlsFailure, "alert" | "answer" | "isSealed">>;

/** One TCP connection: two streams, named after the sides of the segment that was seen first. */
export class TcpConnection {
  readonly next: TcpConnection | undefined;
  readonly #layers: NetworkLayers;
  /** Source, then destination. */
  readonly #addresses: Uint8Array;
  readonly #sourcePort: number;
  readonly #destinationPort: number;
  #forward: TcpStream;
  #backward: TcpStream;
  /** Where it was first seen that it cannot be read, and why. */
  #unreadable: { readonly frame: number; readonly reason: Unreadable } | undefined;
  /** Its handshake failed, so that nothing was sent over it that keys would show. */
  #hasFailed = false;
  #tls: TlsConnection | undefined;
  /** What the sides have shown in a handshake, the forward side first. */
  #certificates: (SeenCertificates | undefined)[] = [];
  #otherSpeech: OtherSpeech;
  /** True once it is known what it carries. */
  #counted = false;
  /** True between its first message and its end. */
  #isInUse = false;

  constructor(first: Datagram, layers: NetworkLayers, next: TcpConnection | undefined) {
    const { addresses, sourceAt, destinationAt, addressLength } = first;
    this.next = next;
    this.#layers = layers;
    this.#otherSpeech = new OtherSpeech(layers.onEvent);
    this.#addresses = new Uint8Array(addressLength * 2);
    for (let i = 0; i < addressLength; i++) {
      this.#addresses[i] = addresses[sourceAt + i];
      this.#addresses[addressLength + i] = addresses[destinationAt + i];
    }
    this.#sourcePort = uint16(first.bytes, first.offset);
    this.#destinationPort = uint16(first.bytes, first.offset + 2);
    this.#forward = this.#createStream();
    this.#backward = this.#createStream();
  }

  get speaksSip(): boolean {
    return this.#forward.confirmed || this.#backward.confirmed;
  }

  isOf(datagram: Datagram): boolean {
    if (datagram.addressLength * 2 !== this.#addresses.length) return false;
    return this.#isForward(datagram) || this.#isBackward(datagram);
  }

  streamOf(datagram: Datagram): TcpStream {
    return this.#isForward(datagram) ? this.#forward : this.#backward;
  }

  peerOf(stream: TcpStream): TcpStream {
    return stream === this.#forward ? this.#backward : this.#forward;
  }

  /** The same ports are used again: nothing is known of this direction. */
  restart(stream: TcpStream): void {
    stream.finish();
    this.#tls?.stopWaiting();
    this.#tellUnreadable();
    if (stream === this.#forward) this.#forward = this.#createStream();
    else this.#backward = this.#createStream();
    if (this.#counted) this.#layers.counts.connections.all++;
    this.#counted = false;
    this.#isInUse = false;
    this.#hasFailed = false;
    this.#otherSpeech = new OtherSpeech(this.#layers.onEvent);
    this.#certificates = [];
    this.#tls = undefined;
  }

  /** This side says that it will send no more; the other one may still answer. */
  close(stream: TcpStream, how: Pick<ConnectionClosed, "by" | "saidNothing" | "frame" | "timeMicros">): void {
    if (!this.#isInUse) return;
    this.#isInUse = false;
    const { capture, onEvent } = this.#layers;
    onEvent({ kind: "connection-closed", capture, ...how, ...this.#sidesOf(stream) });
  }

  /** This side sent a FIN or RST: a TLS handshake that was not complete has failed. */
  end(stream: TcpStream, frame: number, timeMicros: number): void {
    this.#otherSpeech.end();
    const tls = this.#tls;
    tls?.atEnd(stream === this.#forward, () => this.#tlsEnded(tls, stream, frame, timeMicros));
  }

  /** No more is kept of it. */
  forget(): void {
    this.finish();
    this.#tls?.stopWaiting();
    this.#tellUnreadable();
  }

  #tlsEnded(tls: TlsConnection, stream: TcpStream, frame: number, timeMicros: number): void {
    const isForward = stream === this.#forward;
    const isSealed = tls.isRefusedSealed(isForward, timeMicros);
    if (!(tls.isUnfinished || isSealed) || !stream.ignored) return;
    tls.over = true;
    if (!this.#forward.isWhole || !this.#backward.isWhole) return;
    const byForward = isSealed ? tls.clientIsForward === false : isForward;
    this.#tlsFailed(tls, byForward, { kind: "tls-closed", isSealed, frame, timeMicros });
  }

  finish(): void {
    this.#forward.finish();
    this.#backward.finish();
  }

  #isForward({ bytes, offset, sourceAt, destinationAt, addresses }: Datagram): boolean {
    if (uint16(bytes, offset) !== this.#sourcePort || uint16(bytes, offset + 2) !== this.#destinationPort) return false;
    return this.#hasAddresses(addresses, sourceAt, destinationAt);
  }

  #isBackward({ bytes, offset, sourceAt, destinationAt, addresses }: Datagram): boolean {
    if (uint16(bytes, offset) !== this.#destinationPort || uint16(bytes, offset + 2) !== this.#sourcePort) return false;
    return this.#hasAddresses(addresses, destinationAt, sourceAt);
  }

  #hasAddresses(bytes: Uint8Array, sourceAt: number, destinationAt: number): boolean {
    const addresses = this.#addresses;
    const length = addresses.length / 2;
    for (let i = 0; i < length; i++) {
      if (bytes[sourceAt + i] !== addresses[i] || bytes[destinationAt + i] !== addresses[length + i]) return false;
    }
    return true;
  }

  #createStream(): TcpStream {
    const { tally, tcp } = this.#layers;
    const options: TcpStreamOptions = {
      open: (stream, bytes, start, end, fromStart) => this.#open(stream, bytes, start, end, fromStart),
      onGap: (frame, bytes) => this.#whenRead(() => tcp.onGap(frame, bytes)),
      onRepeat: (frame) => this.#whenRead(() => tally.count("packets-duplicated", frame)),
      onLimit: (frame, limit) => this.#whenRead(() => tally.count("limit-reached", frame, { limit })),
      onWait: (stream, isWaiting) => tcp.onWait(stream, isWaiting),
      onSentAgain: (stream, segment, times, sinceMicros) => {
        if (times >= SENT_AGAIN_TIMES) this.#unacknowledged(stream, segment, times, sinceMicros);
      },
    };
    return new TcpStream(options);
  }

  /** What is wrong with bytes is told where somebody reads them: of a connection that waits for its keys, when these have come. */
  #whenRead(tell: () => void): void {
    if (this.#tls?.isWaiting === true) this.#tls.hold(true, 0, tell, "fault");
    else tell();
  }

  /** Called with each segment until a message was read: a stream may turn to TLS, or be seen from the middle of a record. */
  #open(
    stream: TcpStream,
    bytes: Uint8Array,
    start: number,
    end: number,
    fromStart: boolean,
  ): StreamReader | undefined {
    const isForward = stream === this.#forward;
    const tls = this.#tls;
    if (tls !== undefined && (stream.isRead || tls.clientIsForward !== undefined)) return tls.readerOf(isForward);
    if (!isTlsRecord(bytes, start, end)) {
      if (fromStart && !stream.isRead) this.#begin(stream, bytes, start, end);
      return this.#clearStream(stream, fromStart, false);
    }
    if (tls === undefined && fromStart && !stream.isRead && this.peerOf(stream).confirmed) {
      const { frame, timeMicros } = stream;
      if (isAlertRecord(bytes, start)) this.close(stream, { by: "tls-alert", saidNothing: true, frame, timeMicros });
      return undefined;
    }
    if (stream.isRead || !(fromStart || isClientHelloRecord(bytes, start))) {
      this.#noteUnreadable(stream, this.#layers.keys.isAvailable ? "handshake-missing" : "no-keys");
      return undefined;
    }
    const { isAvailable, areAwaited } = this.#layers.keys;
    if (!isAvailable && !areAwaited) this.#noteUnreadable(stream, "no-keys");
    this.#tls ??= this.#createTls();
    return this.#tls.readerOf(isForward);
  }

  /** The first bytes of this side that are no TLS, or that came inside it. */
  #begin(stream: TcpStream, bytes: Uint8Array, start: number, end: number): void {
    this.#otherSpeech.begins(bytes, start, end, this.#sayingOf(stream));
  }

  #unacknowledged(stream: TcpStream, segment: TcpSegment, times: number, sinceMicros: number): void {
    const { frame, timeMicros, start, end, missing } = segment;
    const bytes = end - start + missing;
    const { capture, onEvent } = this.#layers;
    const when = { capture, frame, timeMicros, afterMicros: timeMicros - sinceMicros };
    onEvent({ kind: "connection-unacknowledged", transport: "tcp", ...when, times, bytes, ...this.#sidesOf(stream) });
  }

  #createTls(): TlsConnection {
    const { keys, tally } = this.#layers;
    const streamOf = (isForward: boolean): TcpStream => (isForward ? this.#forward : this.#backward);
    return new TlsConnection({
      keys,
      serverPort: (clientIsForward) => (clientIsForward ? this.#destinationPort : this.#sourcePort),
      placeOf: streamOf,
      openPayload: (isForward, bytes, start, end) => {
        this.#begin(streamOf(isForward), bytes, start, end);
        return this.#clearStream(streamOf(isForward), true, true);
      },
      onAlert: (byForward, alert, tls) => {
        const { frame, timeMicros } = streamOf(byForward);
        this.#tlsFailed(tls, byForward, { kind: "tls-alert", alert, frame, timeMicros });
      },
      onForeign: (byForward, answer, tls) => {
        const { frame, timeMicros } = streamOf(byForward);
        this.#tlsFailed(tls, byForward, { kind: "tls-foreign", answer, frame, timeMicros });
      },
      onUnreadable: (isForward, reason) => this.#noteUnreadable(streamOf(isForward), reason),
      onCertificates: (isForward, chain) => {
        const { frame, timeMicros } = streamOf(isForward);
        const seen = { kind: "tls-certificates", capture: this.#layers.capture, frame, timeMicros, chain } as const;
        this.#certificates[isForward ? 0 : 1] = seen;
      },
      onRefused: (isForward) => tally.count("decryption-failed", streamOf(isForward).frame),
      onLimit: (isForward, limit) => tally.count("limit-reached", streamOf(isForward).frame, { limit }),
    });
  }

  #noteUnreadable({ frame }: TcpStream, reason: Unreadable): void {
    this.#unreadable ??= { frame, reason };
    this.#count("encrypted");
  }

  /** Only when it is over is it known whether there is anything that could not be read. */
  #tellUnreadable(): void {
    const unreadable = this.#unreadable;
    this.#unreadable = undefined;
    if (unreadable === undefined || this.#hasFailed) return;
    const { source, destination } = this.#sidesOf(this.#forward);
    // Whoever printed the packets had opened it, and has told its messages.
    if (this.#layers.pairs.has(source, destination)) return;
    this.#layers.tally.count("encrypted", unreadable.frame, { reason: unreadable.reason });
  }

  #tlsFailed(tls: TlsConnection, byForward: boolean, how: TlsEnd): void {
    this.#hasFailed = true;
    const clientIsForward = tls.clientIsForward === true;
    const serverStream = clientIsForward ? this.#backward : this.#forward;
    const isSeen = serverStream.initialSequence >= 0;
    this.#layers.onEvent({
      capture: this.#layers.capture,
      alert: "",
      answer: "",
      isSealed: false,
      ...how,
      serverName: tls.serverName,
      source: this.#senderOf(byForward),
      destination: this.#senderOf(!byForward),
      client: this.#senderOf(clientIsForward),
      server: this.#senderOf(!clientIsForward),
      offeredVersion: versionName(tls.offeredVersion),
      chosenVersion: versionName(tls.version),
      clientCertificate: tls.clientCertificate,
      isUnheard: isSeen && tls.isUnheard(byForward !== tls.clientIsForward, how.timeMicros),
      certificates: this.#certificates[byForward ? 1 : 0],
    });
  }

  /** What reads the bytes of a stream, or what came inside its TLS records. */
  #clearStream(stream: TcpStream, fromStart: boolean, isSecure: boolean): StreamReader {
    const { tally } = this.#layers;
    const [plain, webSocket] = isSecure ? (["tls", "wss"] as const) : (["tcp", "ws"] as const);
    const options: ClearStreamOptions = {
      onMessage: (bytes, start, end, at, inWebSocket) =>
        this.#emit(stream, inWebSocket ? webSocket : plain, bytes, start, end, at),
      onMisframed: (announced, at) => {
        const saying = this.#sayingOf(stream, placeOf(stream, at));
        this.#layers.onEvent({ kind: "connection-misframed", ...saying, announced });
      },
      onHep: (bytes, start, end) => this.#emitHep(stream, bytes, start, end),
      onCompressed: () => tally.count("websocket-compressed", stream.frame),
      onLimit: (limit) => tally.count("limit-reached", stream.frame, { limit }),
      onClose: () => {
        const { frame, timeMicros } = stream;
        this.close(stream, { by: "websocket-close", saidNothing: false, frame, timeMicros });
      },
      onHttp: (startLine, asksForSip) => this.#otherSpeech.http(startLine, asksForSip, this.#sayingOf(stream)),
    };
    return new ClearStream(options, fromStart);
  }

  #emitHep(stream: TcpStream, bytes: Uint8Array, start: number, end: number): void {
    const record = readHep(bytes, start, end);
    if (record === undefined) return;
    this.#count("hep");
    const { frame, timeMicros } = stream;
    const reporter = this.#senderOf(stream === this.#forward);
    emitHep(bytes, record, { capture: this.#layers.capture, frame, timeMicros, reporter }, this.#layers);
  }

  #emit(stream: TcpStream, transport: Transport, bytes: Uint8Array, start: number, end: number, at: MessageEnd): void {
    this.#count("sip");
    this.#isInUse = true;
    const { frame, timeMicros, ipId } = placeOf(stream, at);
    const { source, destination } = this.#sidesOf(stream);
    this.#otherSpeech.sip(source);
    this.#layers.onPacket({
      capture: this.#layers.capture,
      frame,
      timeMicros,
      transport,
      source,
      destination,
      bytes,
      start,
      end,
      ipId,
      fragments: 1,
      cut: at === "missing",
    });
  }

  #count(carries: "sip" | "hep" | "encrypted"): void {
    if (!this.#counted) this.#layers.counts.connections[carries]++;
    this.#counted = true;
  }

  #sayingOf(stream: TcpStream, { frame, timeMicros }: ReadingPlace = stream): Saying {
    return { capture: this.#layers.capture, frame, timeMicros, ...this.#sidesOf(stream) };
  }

  /** Who sends this stream, and to whom. */
  #sidesOf(stream: TcpStream): Sides {
    const isForward = stream === this.#forward;
    return { source: this.#senderOf(isForward), destination: this.#senderOf(!isForward) };
  }

  /** The side that sends the forward stream, or the other one. */
  #senderOf(isForward: boolean): Endpoint {
    const length = this.#addresses.length / 2;
    return isForward
      ? endpointAt(this.#addresses, 0, length, this.#sourcePort)
      : endpointAt(this.#addresses, length, length, this.#destinationPort);
  }
}

function placeOf(stream: TcpStream, at: MessageEnd): ReadingPlace {
  return at === "earlier" ? stream.earlier : stream;
}
