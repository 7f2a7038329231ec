import { uint16 } from "../bytes/integers.ts";
import { type ClientHello, isClientHello, readClientHello } from "./clientHello.ts";
import type { StreamReader } from "./streamReader.ts";
import { tlsAlertName } from "./tlsAlert.ts";

/** Record types. RFC 8446 §5.1 */
const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const FATAL = 2;
const RECORD_HEADER_BYTES = 5;
/** An encrypted alert is not larger; everything that completes a handshake is. RFC 8446 §5.2 */
const LARGEST_ENCRYPTED_ALERT = 24;
/** As much of a ClientHello as is kept: with large key shares it comes in two segments. */
const HELLO_BYTES = 4096;
/** Records in clear text that a handshake takes at most. */
const MOST_RECORDS = 64;

/** Ports on which SIP over TLS is spoken: 5061 is registered, its neighbours are usual. RFC 3261 §19.1.2 */
const FIRST_SIP_PORT = 5060;
const LAST_SIP_PORT = 5069;
const SIP_LABEL = /(?:^|[.-])(?:sips?|sbc|voip|pbx)\d*[.-]/;

export interface TlsHandshakeOptions {
  /** The port of the side that did not open the connection. */
  serverPort(isForward: boolean): number;
  /** A fatal alert in clear text, sent by the forward side or the other. */
  onAlert(isForward: boolean, alert: string, handshake: TlsHandshake): void;
}

/**
 * Watches the clear-text part of a TLS handshake that may be one of SIP. It reads nothing of a connection on other ports which names no
 * SIP, and stops as soon as both sides have completed the handshake. RFC 8446 §2
 */
export class TlsHandshake {
  readonly #options: TlsHandshakeOptions;
  readonly #forward: TlsStream;
  readonly #backward: TlsStream;
  /** The side that sent the ClientHello; undefined until it has come whole. */
  clientIsForward: boolean | undefined;
  serverName = "";
  /** Nothing more to see: it failed and was told, or is of no interest. */
  over = false;

  constructor(options: TlsHandshakeOptions) {
    this.#options = options;
    this.#forward = new TlsStream(this, true);
    this.#backward = new TlsStream(this, false);
  }

  readerOf(isForward: boolean): StreamReader {
    return isForward ? this.#forward : this.#backward;
  }

  /** True where a handshake had begun and neither succeeded nor was ended by an alert that was told. */
  get isUnfinished(): boolean {
    return !this.over && this.clientIsForward !== undefined && !(this.#forward.finished && this.#backward.finished);
  }

  onHello(isForward: boolean, hello: ClientHello): void {
    this.clientIsForward = isForward;
    this.serverName = hello.serverName;
    const port = this.#options.serverPort(isForward);
    const isSip = port >= FIRST_SIP_PORT && port <= LAST_SIP_PORT;
    if (!isSip && !SIP_LABEL.test(hello.serverName) && !hello.protocols.includes("sip/2")) this.over = true;
  }

  onAlert(isForward: boolean, alert: number): void {
    if (this.over || this.clientIsForward === undefined) return;
    this.over = true;
    this.#options.onAlert(isForward, tlsAlertName(alert), this);
  }
}

/** One direction of it. */
class TlsStream implements StreamReader {
  readonly confirmed = false;
  /** This side has sent what completes its part. */
  finished = false;
  readonly #handshake: TlsHandshake;
  readonly #isForward: boolean;
  /** The header of the record being read, and of an alert its two bytes. */
  readonly #header: Uint8Array = new Uint8Array(RECORD_HEADER_BYTES + 2);
  #headerLength = 0;
  #recordLeft = 0;
  #records = 0;
  #cipherChanged = false;
  /** The first handshake record, until it is known to be a ClientHello or not. */
  #hello: Uint8Array | undefined;
  #helloLength = 0;

  constructor(handshake: TlsHandshake, isForward: boolean) {
    this.#handshake = handshake;
    this.#isForward = isForward;
  }

  get done(): boolean {
    return this.finished || this.#handshake.over;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end && !this.done)
      at = this.#recordLeft > 0 ? this.#readRecord(bytes, at, end) : this.#readHeader(bytes, at, end);
  }

  gap(): void {
    this.#handshake.over = true;
  }

  close(): void {}

  #readHeader(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const header = this.#header;
    while (at < end && this.#headerLength < RECORD_HEADER_BYTES) header[this.#headerLength++] = bytes[at++];
    if (this.#headerLength < RECORD_HEADER_BYTES) return at;
    this.#recordLeft = uint16(header, 3);
    if (++this.#records > MOST_RECORDS) this.#handshake.over = true;
    this.#noteRecord(header[0], this.#recordLeft);
    if (this.#recordLeft === 0) this.#headerLength = 0;
    return at;
  }

  #noteRecord(type: number, length: number): void {
    if (type === CHANGE_CIPHER_SPEC) this.#cipherChanged = true;
    else if (type === APPLICATION_DATA) this.finished = length > LARGEST_ENCRYPTED_ALERT;
    else if (type === HANDSHAKE && this.#cipherChanged) this.finished = true;
    else if (type === HANDSHAKE && this.#records === 1) this.#hello = new Uint8Array(Math.min(length, HELLO_BYTES));
    else if (type !== ALERT && type !== HANDSHAKE) this.#handshake.over = true;
  }

  #readRecord(bytes: Uint8Array, start: number, end: number): number {
    const length = Math.min(this.#recordLeft, end - start);
    if (this.#hello !== undefined) this.#keepHello(bytes, start, start + length);
    if (this.#header[0] === ALERT) this.#readAlert(bytes, start, start + length);
    this.#recordLeft -= length;
    if (this.#recordLeft === 0) {
      this.#headerLength = 0;
      this.#readHello();
    }
    return start + length;
  }

  #keepHello(bytes: Uint8Array, start: number, end: number): void {
    const hello = this.#hello!;
    for (let i = start; i < end && this.#helloLength < hello.length; i++) hello[this.#helloLength++] = bytes[i];
  }

  #readHello(): void {
    if (this.#hello === undefined) return;
    if (isClientHello(this.#hello, 0)) {
      this.#handshake.onHello(this.#isForward, readClientHello(this.#hello, 0, this.#helloLength));
    } else if (this.#handshake.clientIsForward === undefined) this.#handshake.over = true;
    this.#hello = undefined;
  }

  /** One in clear text has two bytes: level and description; an encrypted one is longer. RFC 8446 §6 */
  #readAlert(bytes: Uint8Array, start: number, end: number): void {
    if (uint16(this.#header, 3) !== 2 || this.#cipherChanged) return;
    for (let at = start; at < end; at++) this.#header[this.#headerLength++] = bytes[at];
    if (this.#headerLength < this.#header.length) return;
    if (this.#header[RECORD_HEADER_BYTES] === FATAL)
      this.#handshake.onAlert(this.#isForward, this.#header[RECORD_HEADER_BYTES + 1]);
  }
}
