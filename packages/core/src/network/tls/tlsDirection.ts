import { networkLimits, TLS_RECORDS_LOST, TLS_RECORDS_REFUSED, TLS_SEARCH_TRIES } from "../limits.ts";
import type { StreamReader } from "../streamReader.ts";
import { Tls13Protection } from "./aeadProtection.ts";
import { hasNoCertificate, readCertificates } from "./certificateMessage.ts";
import { readClientHello } from "./clientHello.ts";
import {
  CERTIFICATE,
  CERTIFICATE_REQUEST,
  CLIENT_HELLO,
  FINISHED,
  HandshakeMessages,
  KEY_UPDATE,
  SERVER_HELLO,
} from "./handshakeMessages.ts";
import { RecordFramer, type RecordReader } from "./recordFramer.ts";
import {
  LARGEST_ENCRYPTED_ALERT,
  type OpenedRecord,
  RECORD_HEADER_BYTES,
  type RecordProtection,
} from "./recordProtection.ts";
import { readServerHello, TLS_1_3 } from "./serverHello.ts";
import type { TlsConnection } from "./tlsConnection.ts";

/** Record types. RFC 8446 §5.1 */
const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const FATAL = 2;
/** These end a connection, not a handshake. RFC 8446 §6.1 */
const CLOSE_NOTIFY = 0;
const USER_CANCELED = 90;
/** Records in clear text that a handshake takes at most. */
const MOST_CLEAR_RECORDS = 64;

/** What one side of a TLS connection sends. */
export class TlsDirection implements StreamReader, RecordReader {
  /** This side has sent what completes its part of the handshake. */
  finished = false;
  /** It has sent something. */
  isHeard = false;
  readonly #connection: TlsConnection;
  readonly #isForward: boolean;
  readonly #framer: RecordFramer = new RecordFramer(this);
  readonly #messages: HandshakeMessages;
  #payload: StreamReader | undefined;
  /** Its records are not read any further. */
  #isBroken = false;
  #clearRecords = 0;
  #cipherChanged = false;
  /** What its records are opened with now, and after that. */
  #protections: readonly RecordProtection[] = [];
  /** Records that cannot be understood before the other side was heard, which another order of frames brings. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Some record was opened. */
  #hasOpened = false;
  /** In a row. */
  #refused = 0;
  /** How many records may have been lost before the next. */
  #lost = 0;
  #tries = 0;

  constructor(connection: TlsConnection, isForward: boolean) {
    this.#connection = connection;
    this.#isForward = isForward;
    this.#messages = new HandshakeMessages({
      onMessage: (type, bytes, start, end) => this.#onMessage(type, bytes, start, end),
      onLimit: (limit) => this.#tellLimit(limit),
    });
  }

  get confirmed(): boolean {
    return this.#payload?.confirmed === true;
  }

  /** It has sent something inside TLS. */
  get hasPayload(): boolean {
    return this.#payload !== undefined;
  }

  get done(): boolean {
    if (this.#connection.over || this.#isBroken || this.#payload?.done === true) return true;
    if (!this.finished || this.#protections.length > 0 || this.#connection.hasKeys) return false;
    return !this.#connection.isUndecided;
  }

  get isInMessage(): boolean {
    return this.#payload?.isInMessage === true;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    this.isHeard = true;
    this.#framer.push(bytes, start, end);
  }

  gap(): void {
    const connection = this.#connection;
    this.#payload?.gap();
    this.#messages.forget();
    if (this.#protections.length === 0) this.protect();
    if (this.#protections.length === 0) {
      connection.giveUp(this.#isForward, "handshake-missing");
      connection.over = true;
      return;
    }
    this.#lost = TLS_RECORDS_LOST;
    this.#framer.lose();
  }

  giveUp(): void {
    this.#payload?.giveUp();
  }

  close(isEnd: boolean): void {
    this.#payload?.close(isEnd);
  }

  /** Its records are protected from now on, as far as the keys are known. */
  protect(): void {
    this.#protections = this.#connection.protectionsOf(this.#isForward);
    this.#hasOpened = false;
  }

  /** The other side was heard: reads what had to wait for it. */
  drain(): void {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#cipherChanged && this.#protections.length === 0) this.#changeCipher();
    for (const record of held) {
      if (this.done) return;
      this.#noteClear(record[0], record.length - RECORD_HEADER_BYTES);
      this.onRecord(record, 0, record.length);
    }
  }

  onHeader(type: number, length: number): boolean {
    if (this.#protections.length > 0 || this.#connection.clientIsForward === undefined || this.#held.length > 0)
      return true;
    this.#noteClear(type, length);
    return !this.done && (this.#connection.hasKeys || (!this.#cipherChanged && type !== APPLICATION_DATA));
  }

  onRecord(bytes: Uint8Array, start: number, end: number): void {
    const type = bytes[start];
    if (this.#protections.length > 0 && (this.#connection.version !== TLS_1_3 || type === APPLICATION_DATA)) {
      if (!this.#open(bytes, start, end)) this.#refuse();
    } else if (this.#mustWait(type, bytes[start + RECORD_HEADER_BYTES])) this.#hold(bytes.slice(start, end));
    else if (type === CHANGE_CIPHER_SPEC) this.#changeCipher();
    else if (!this.#cipherChanged || this.#connection.version === TLS_1_3)
      this.#readContent(type, bytes, start + RECORD_HEADER_BYTES, end);
  }

  tryRecord(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#open(bytes, start, end)) return true;
    this.#isBroken ||= this.#tries > TLS_SEARCH_TRIES;
    return false;
  }

  onDisorder(bytes: Uint8Array, start: number, end: number): void {
    if (this.#clearRecords === 0 && this.#protections.length === 0)
      this.#connection.onForeign(this.#isForward, bytes, start, end);
    this.gap();
  }

  /** What a record in clear text tells by its header alone. */
  #noteClear(type: number, length: number): void {
    const connection = this.#connection;
    if (this.#protections.length > 0) return;
    if (++this.#clearRecords > MOST_CLEAR_RECORDS) connection.over = true;
    if (connection.hasKeys) return;
    if (type === CHANGE_CIPHER_SPEC) this.#cipherChanged = true;
    else if (type === APPLICATION_DATA) {
      this.finished ||= length > LARGEST_ENCRYPTED_ALERT;
      connection.onSealed(this.#isForward, length);
    } else if (type === HANDSHAKE) this.finished = this.#cipherChanged;
    else if (type !== ALERT) connection.over = true;
  }

  /** A server is heard after its client, and what a client protects after its server's choice. */
  #mustWait(type: number, firstByte: number): boolean {
    const { clientIsForward, hasKeys, version } = this.#connection;
    if (this.#held.length > 0) return true;
    if (clientIsForward === undefined)
      return type !== HANDSHAKE || (firstByte !== CLIENT_HELLO && !this.#messages.isInMessage);
    if (!hasKeys || version !== 0 || clientIsForward !== this.#isForward) return false;
    return type === APPLICATION_DATA || (this.#cipherChanged && type !== CHANGE_CIPHER_SPEC);
  }

  #hold(record: Uint8Array): void {
    this.#heldBytes += record.length;
    this.#held.push(record);
    if (this.#heldBytes <= networkLimits["tls-held-bytes"]) return;
    this.#tellLimit("tls-held-bytes");
    this.#connection.over = true;
  }

  /** Without keys nothing is lost by it. */
  #tellLimit(limit: "tls-handshake-bytes" | "tls-held-bytes"): void {
    const { options } = this.#connection;
    if (options.keys.isAvailable) options.onLimit(this.#isForward, limit);
  }

  /** RFC 5246 §7.1; in TLS 1.3 it means nothing, RFC 8446 §5. */
  #changeCipher(): void {
    const { version, hasKeys } = this.#connection;
    this.#cipherChanged = true;
    // Negotiated anew with keys that are not known.
    if (!hasKeys && this.#protections.length > 0) this.#isBroken = true;
    if (!hasKeys || version === 0 || version === TLS_1_3) return;
    this.protect();
    if (this.#protections.length === 0) this.#connection.giveUp(this.#isForward, "keys-missing");
  }

  #open(bytes: Uint8Array, start: number, end: number): boolean {
    for (const [index, protection] of this.#protections.entries()) {
      const opened = this.#openWith(protection, bytes, start, end);
      if (opened === undefined) continue;
      this.#protections = this.#protections.slice(index);
      this.#hasOpened = true;
      this.#refused = 0;
      this.#lost = 0;
      this.#readContent(opened.type, opened.bytes, opened.start, opened.end);
      return true;
    }
    return false;
  }

  #openWith(protection: RecordProtection, bytes: Uint8Array, start: number, end: number): OpenedRecord | undefined {
    const { sequence } = protection;
    for (let lost = 0; lost <= this.#lost; lost++) {
      protection.sequence = sequence + lost;
      if (this.#lost > 0) this.#tries++;
      const opened = protection.open(bytes, start, end);
      if (opened !== undefined) return opened;
    }
    protection.sequence = sequence;
    return undefined;
  }

  /** Early data that its key is not known of has no number among the records that follow. RFC 8446 §4.2.10 */
  #refuse(): void {
    if (this.#hasOpened) this.#protections[0].sequence++;
    this.#connection.options.onRefused(this.#isForward);
    this.#messages.forget();
    this.#payload?.gap();
    if (++this.#refused > TLS_RECORDS_REFUSED) this.#isBroken = true;
  }

  #readContent(type: number, bytes: Uint8Array, start: number, end: number): void {
    if (type === HANDSHAKE) this.#messages.push(bytes, start, end);
    else if (type === CHANGE_CIPHER_SPEC) this.#changeCipher();
    else if (type === ALERT) this.#readAlert(bytes, start, end);
    else if (type === APPLICATION_DATA) this.#readPayload(bytes, start, end);
  }

  /** Level and description. An encrypted one is longer. RFC 8446 §6 */
  #readAlert(bytes: Uint8Array, start: number, end: number): void {
    if (end - start !== 2 || bytes[start] !== FATAL) return;
    const alert = bytes[start + 1];
    if (alert !== CLOSE_NOTIFY && alert !== USER_CANCELED) this.#connection.onAlert(this.#isForward, alert);
  }

  #readPayload(bytes: Uint8Array, start: number, end: number): void {
    if (this.#protections.length === 0) return this.#connection.giveUp(this.#isForward, "keys-missing");
    if (start === end) return;
    this.#payload ??= this.#connection.options.openPayload(this.#isForward, bytes, start, end);
    this.#payload.push(bytes, start, end);
  }

  #onMessage(type: number, bytes: Uint8Array, start: number, end: number): void {
    const connection = this.#connection;
    if (type === CLIENT_HELLO) connection.onClientHello(this.#isForward, readClientHello(bytes, start, end));
    else if (type === SERVER_HELLO) {
      const hello = readServerHello(bytes, start, end);
      if (hello !== undefined) connection.onServerHello(this.#isForward, hello);
    } else if (type === CERTIFICATE) this.#onCertificate(bytes, start, end);
    else if (type === CERTIFICATE_REQUEST) connection.onCertificateRequest(this.#isForward);
    else if (type === FINISHED) this.#finish();
    else if (type === KEY_UPDATE) this.#updateKey();
  }

  #onCertificate(bytes: Uint8Array, start: number, end: number): void {
    const isTls13 = this.#connection.version === TLS_1_3;
    this.#connection.onClientCertificate(this.#isForward, hasNoCertificate(bytes, start, end, isTls13));
    const chain = readCertificates(bytes, start, end, isTls13);
    if (chain.length > 0) this.#connection.options.onCertificates(this.#isForward, chain);
  }

  /** Finished. In TLS 1.3 other keys follow it. */
  #finish(): void {
    this.finished = true;
    if (this.#connection.version !== TLS_1_3) return;
    this.#protections = this.#protections.slice(1);
  }

  #updateKey(): void {
    const [current] = this.#protections;
    if (current instanceof Tls13Protection) this.#protections = [current.next()];
  }
}
