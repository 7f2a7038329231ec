import { STREAM_SNIFF_BYTES } from "../limits.ts";
import { firstLine } from "../firstLine.ts";
import { isSipPort } from "../sipPorts.ts";
import type { StreamReader } from "../streamReader.ts";
import type { HeldStep, KeylessConnection } from "./awaitedKeys.ts";
import type { Certificate } from "./certificate.ts";
import { cipherSuite } from "./cipherSuite.ts";
import type { ClientHello } from "./clientHello.ts";
import { HeldSteps, type Place, type StepKind } from "./heldSteps.ts";
import { protectionOf, trafficProtections } from "./connectionKeys.ts";
import type { RecordProtection } from "./recordProtection.ts";
import { type ClientCertificate, SealedHandshake } from "./sealedHandshake.ts";
import { type ServerHello, TLS_1_0, TLS_1_3 } from "./serverHello.ts";
import { isAboutCertificate, tlsAlertName } from "./tlsAlert.ts";
import { TlsDirection } from "./tlsDirection.ts";
import type { TlsKeys } from "./tlsKeys.ts";
import { TlsReader } from "./tlsReader.ts";

const SIP_LABEL = /(?:^|[.-])(?:sips?|sbc|voip|pbx)\d*[.-]/;

/**
 * Why records of a connection stay closed: no keys are given, those given are not those of this connection, its beginning is not in the
 * capture, or its version or cipher suite is not one that can be opened.
 */
export type Unreadable = "no-keys" | "keys-missing" | "handshake-missing" | "suite";

export interface TlsConnectionOptions {
  readonly keys: TlsKeys;
  /** The port of the side that did not open the connection. */
  serverPort(clientIsForward: boolean): number;
  /** Where one side is being read. */
  placeOf(isForward: boolean): Place;
  /** A reader for what one side sends inside TLS. */
  openPayload(isForward: boolean, bytes: Uint8Array, start: number, end: number): StreamReader;
  /** A fatal alert that ended the handshake, sent by the forward side or the other. */
  onAlert(isForward: boolean, alert: string, connection: TlsConnection): void;
  /** The server answered with something that is no TLS: its first line. */
  onForeign(isForward: boolean, answer: string, connection: TlsConnection): void;
  onUnreadable(isForward: boolean, reason: Unreadable): void;
  /** One side shows its certificates; kept for the case that the handshake fails. */
  onCertificates(isForward: boolean, chain: readonly Certificate[]): void;
  /** A record does not verify with the keys of its connection. */
  onRefused(isForward: boolean): void;
  onLimit(isForward: boolean, limit: TlsLimit): void;
}

export type TlsLimit = "tls-handshake-bytes" | "tls-held-bytes" | "tls-keyless-bytes" | "tls-keyless-total-bytes";

/**
 * One TLS connection. With its keys, what it carries is handed on. Without them it watches the clear-text part of a handshake that may be
 * one for SIP, and stops as soon as both sides have completed it; of a connection on other ports which names no SIP it reads nothing.
 * RFC 8446 §2, RFC 5246 §7
 */
export class TlsConnection implements KeylessConnection {
  readonly options: TlsConnectionOptions;
  readonly #forwardReader: TlsReader = new TlsReader(this, true);
  readonly #backwardReader: TlsReader = new TlsReader(this, false);
  #forward: TlsDirection;
  #backward: TlsDirection;
  /** While its keys may still come. */
  #held: HeldSteps;
  /** The side that sent the ClientHello; undefined until it has come whole. */
  clientIsForward: boolean | undefined;
  serverName = "";
  /** Nothing more to see: it failed and was told, or is of no interest. */
  over = false;
  /** True where the keys given are those of this connection. */
  hasKeys = false;
  #client: ClientHello | undefined;
  #server: ServerHello | undefined;
  #isForSip = true;
  #isAskedForCertificate = false;
  #clientCertificate: ClientCertificate | undefined;
  #sealed: SealedHandshake = new SealedHandshake();
  #helloMicros = 0;

  constructor(options: TlsConnectionOptions) {
    this.options = options;
    this.#held = new HeldSteps(options.placeOf);
    this.#forward = new TlsDirection(this, true);
    this.#backward = new TlsDirection(this, false);
    if (options.keys.areAwaited) options.keys.awaited.add(this);
  }

  readerOf(isForward: boolean): StreamReader {
    return isForward ? this.#forwardReader : this.#backwardReader;
  }

  directionOf(isForward: boolean): TlsDirection {
    return isForward ? this.#forward : this.#backward;
  }

  /** Its keys are not known and may still come. */
  get isWaiting(): boolean {
    return this.options.keys.awaited.has(this);
  }

  /** True where a handshake had begun and neither succeeded nor was ended by an alert that was told. */
  get isUnfinished(): boolean {
    return !this.over && this.clientIsForward !== undefined && !(this.#forward.finished && this.#backward.finished);
  }

  /** As the server has chosen; 0 as long as it has not. */
  get version(): number {
    return this.#server?.version ?? 0;
  }

  /** The newest that the client takes; 0 where it is not known. */
  get offeredVersion(): number {
    return this.#client?.version ?? 0;
  }

  /** What the client gave, where the server asked for a certificate. */
  get clientCertificate(): ClientCertificate | undefined {
    return this.#clientCertificate ?? this.#sealed.clientCertificate;
  }

  /** The server has said nothing, to a client that has waited for it. */
  isUnheard(isEndedByServer: boolean, timeMicros: number): boolean {
    if (this.directionOf(this.clientIsForward === false).isHeard) return false;
    return isEndedByServer || timeMicros - this.#helloMicros >= PATIENCE_MICROS;
  }

  /** True where the handshake is complete, but the server may still refuse the certificate that it was given, or its absence. */
  get isUndecided(): boolean {
    return this.version === TLS_1_3 && !this.#sealed.isOver;
  }

  /** It ends now, by the server's decision on the certificate of its client, of which nothing can be read. */
  isRefusedSealed(isForward: boolean, timeMicros: number): boolean {
    return !this.over && !this.hasKeys && this.#sealed.end(isForward !== this.clientIsForward, timeMicros);
  }

  onClientHello(isForward: boolean, hello: ClientHello): void {
    if (this.clientIsForward !== undefined && this.clientIsForward !== isForward) return;
    const { keys, serverPort, onUnreadable } = this.options;
    this.clientIsForward = isForward;
    this.serverName = hello.serverName;
    this.#client = hello;
    this.#server = undefined;
    this.#helloMicros = this.options.placeOf(isForward).timeMicros;
    const isSip = isForSip(serverPort(isForward), hello);
    this.hasKeys = this.isWaiting ? keys.hasAllOf(hello.random) : keys.knows(hello.random);
    if (this.hasKeys) this.#goOn();
    else if (this.isWaiting) this.#await(hello.random, isSip);
    else if (keys.isAvailable) onUnreadable(isForward, "keys-missing");
    if (!this.hasKeys && !isSip) this.over = true;
    this.directionOf(!isForward).drain();
  }

  onServerHello(isForward: boolean, hello: ServerHello): void {
    if (this.clientIsForward === isForward || hello.isRetryRequest) return;
    this.#server = hello;
    if (!canBeOpened(hello)) this.giveUp(isForward, "suite");
    if (hello.version === TLS_1_3) {
      this.#forward.protect();
      this.#backward.protect();
    }
    this.directionOf(!isForward).drain();
  }

  onCertificateRequest(isForward: boolean): void {
    this.#isAskedForCertificate ||= isForward !== this.clientIsForward;
  }

  onClientCertificate(isForward: boolean, isNone: boolean): void {
    if (isForward !== this.clientIsForward || !this.#isAskedForCertificate) return;
    this.#clientCertificate = isNone ? "none" : "shown";
  }

  /** A record of TLS 1.3 of which only the size is known. */
  onSealed(isForward: boolean, bytes: number): void {
    if (this.version !== TLS_1_3) return;
    if (isForward !== this.clientIsForward) return this.#sealed.fromServer(bytes);
    const suite = this.#server === undefined ? undefined : cipherSuite(this.#server.cipherSuite);
    const hashBytes = suite?.hash === "SHA-384" ? 48 : 32;
    this.#sealed.fromClient(bytes, hashBytes, this.options.placeOf(isForward).timeMicros);
  }

  /** What a server answers to a ClientHello that it cannot read. */
  onForeign(isForward: boolean, bytes: Uint8Array, start: number, end: number): void {
    const answer = firstLine(bytes, start, end);
    this.atEnd(isForward, () => {
      if (this.over || this.clientIsForward === undefined || isForward === this.clientIsForward) return;
      this.over = true;
      this.options.onForeign(isForward, answer, this);
    });
  }

  /** What the records of this side are to be opened with, in the order in which it takes them into use. */
  protectionsOf(isForward: boolean): readonly RecordProtection[] {
    const [client, server] = [this.#client, this.#server];
    const suite = server === undefined ? undefined : cipherSuite(server.cipherSuite);
    if (client === undefined || server === undefined || suite === undefined || !this.hasKeys) return [];
    const side = { isClient: isForward === this.clientIsForward, suite, client, server, keys: this.options.keys };
    return server.version === TLS_1_3 ? trafficProtections(side) : protectionOf(side);
  }

  /** From here on nothing can be opened. */
  giveUp(isForward: boolean, reason: Unreadable): void {
    if (!this.hasKeys) return;
    this.hasKeys = false;
    this.options.onUnreadable(isForward, reason);
  }

  /** A fatal alert. In TLS 1.3 a server that does not accept a client's certificate says so when its own handshake is complete. */
  onAlert(isForward: boolean, alert: number): void {
    this.atEnd(isForward, () => this.#tellAlert(isForward, alert));
  }

  #tellAlert(isForward: boolean, alert: number): void {
    if (this.over || this.clientIsForward === undefined) return;
    const isLate = isForward !== this.clientIsForward && isAboutCertificate(alert);
    if (!this.isUnfinished && !(isLate && !this.directionOf(isForward).hasPayload)) return;
    this.over = true;
    this.options.onAlert(isForward, tlsAlertName(alert), this);
  }

  /** Something that one side did, to be done again when the keys are there. */
  hold(isForward: boolean, bytes: number, act: (direction: TlsDirection) => void, kind: StepKind = "stream"): void {
    this.#held.add(isForward, bytes, () => act(this.directionOf(isForward)), kind);
    this.options.keys.awaited.hold(this, bytes);
    const isOfNoUse = this.#client === undefined ? this.over : !this.#isForSip && this.#held.bytes > STREAM_SNIFF_BYTES;
    if (isOfNoUse) this.stopWaiting();
  }

  /** Does this about the end of one side now, or when it is known whether there are keys. */
  atEnd(isForward: boolean, act: () => void): void {
    if (this.isWaiting) this.hold(isForward, 0, act, "end");
    else act();
  }

  takeHeld(): readonly HeldStep[] {
    if (!this.options.keys.hasAllOf(this.#client?.random)) return NOTHING;
    const held = this.#held.all;
    this.#startAgain();
    return held;
  }

  /** Reads with the keys that there are, be it that some are missing. */
  stopWaiting(limit?: TlsLimit): void {
    if (!this.isWaiting) return;
    const { keys, onLimit, onUnreadable } = this.options;
    const held = this.#held;
    if (keys.knows(this.#client?.random)) {
      this.#startAgain();
      held.read("stream", "fault", "end");
      return;
    }
    this.#forgetHeld();
    const reason = keys.isAvailable ? "keys-missing" : "no-keys";
    if (this.clientIsForward !== undefined || reason === "no-keys")
      held.atFirst((isForward) => onUnreadable(isForward, reason));
    if (limit !== undefined && keys.isAvailable) onLimit(true, limit);
    held.read("end");
  }

  #await(random: Uint8Array, isSip: boolean): void {
    const { keys } = this.options;
    this.#isForSip = isSip;
    if (isSip || keys.isAvailable) keys.expect(this, random);
    else this.stopWaiting();
  }

  /** Nothing was missed so far: only what was wrong is still to be told. */
  #goOn(): void {
    const held = this.#held;
    this.#forgetHeld();
    held.read("fault", "end");
  }

  #startAgain(): void {
    this.#forgetHeld();
    this.#forward = new TlsDirection(this, true);
    this.#backward = new TlsDirection(this, false);
    this.clientIsForward = undefined;
    this.over = false;
    this.#client = undefined;
    this.#server = undefined;
    this.#isAskedForCertificate = false;
    this.#clientCertificate = undefined;
    this.#sealed = new SealedHandshake();
  }

  #forgetHeld(): void {
    this.#held = new HeldSteps(this.options.placeOf);
    this.options.keys.awaited.delete(this);
  }
}

const NOTHING: readonly HeldStep[] = [];
/** As long as a client waits at least for a server that is slow. */
const PATIENCE_MICROS = 2_000_000;
function canBeOpened({ version, cipherSuite: number, compression }: ServerHello): boolean {
  return version >= TLS_1_0 && version <= TLS_1_3 && compression === 0 && cipherSuite(number) !== undefined;
}

function isForSip(serverPort: number, { serverName, protocols }: ClientHello): boolean {
  if (isSipPort(serverPort)) return true;
  return SIP_LABEL.test(serverName) || protocols.includes("sip/2");
}
