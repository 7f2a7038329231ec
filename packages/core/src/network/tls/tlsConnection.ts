import type { StreamReader } from "../streamReader.ts";
import type { Certificate } from "./certificate.ts";
import { cipherSuite } from "./cipherSuite.ts";
import type { ClientHello } from "./clientHello.ts";
import { protectionOf, trafficProtections } from "./connectionKeys.ts";
import type { RecordProtection } from "./recordProtection.ts";
import { type ServerHello, TLS_1_0, TLS_1_3 } from "./serverHello.ts";
import { isAboutCertificate, tlsAlertName } from "./tlsAlert.ts";
import { TlsDirection } from "./tlsDirection.ts";
import type { TlsKeys } from "./tlsKeys.ts";

/** Ports on which SIP over TLS is spoken: 5061 is registered, its neighbours are usual. RFC 3261 §19.1.2 */
const FIRST_SIP_PORT = 5060;
const LAST_SIP_PORT = 5069;
const SIP_LABEL = /(?:^|[.-])(?:sips?|sbc|voip|pbx)\d*[.-]/;

/**
 * Why records of a connection stay closed: the keys given are not those of this connection, its beginning is not in the capture, or its
 * version or cipher suite is not one that can be opened.
 */
export type Unreadable = "keys-missing" | "handshake-missing" | "suite";

export interface TlsConnectionOptions {
  readonly keys: TlsKeys;
  /** The port of the side that did not open the connection. */
  serverPort(clientIsForward: boolean): number;
  /** A reader for what one side sends inside TLS. */
  openPayload(isForward: boolean): StreamReader;
  /** A fatal alert that ended the handshake, sent by the forward side or the other. */
  onAlert(isForward: boolean, alert: string, connection: TlsConnection): void;
  onUnreadable(isForward: boolean, reason: Unreadable): void;
  /** One side shows its certificates; kept for the case that the handshake fails. */
  onCertificates(isForward: boolean, chain: readonly Certificate[]): void;
  /** A record does not verify with the keys of its connection. */
  onRefused(isForward: boolean): void;
  onLimit(isForward: boolean, limit: "tls-handshake-bytes" | "tls-held-bytes"): void;
}

/**
 * One TLS connection. With its keys, what it carries is handed on. Without them it watches the clear-text part of a handshake that may be
 * one for SIP, and stops as soon as both sides have completed it; of a connection on other ports which names no SIP it reads nothing.
 * RFC 8446 §2, RFC 5246 §7
 */
export class TlsConnection {
  readonly options: TlsConnectionOptions;
  readonly #forward: TlsDirection;
  readonly #backward: TlsDirection;
  /** The side that sent the ClientHello; undefined until it has come whole. */
  clientIsForward: boolean | undefined;
  serverName = "";
  /** Nothing more to see: it failed and was told, or is of no interest. */
  over = false;
  /** True where the keys given are those of this connection. */
  hasKeys = false;
  #client: ClientHello | undefined;
  #server: ServerHello | undefined;

  constructor(options: TlsConnectionOptions) {
    this.options = options;
    this.#forward = new TlsDirection(this, true);
    this.#backward = new TlsDirection(this, false);
  }

  readerOf(isForward: boolean): StreamReader {
    return this.#directionOf(isForward);
  }

  /** True where a handshake had begun and neither succeeded nor was ended by an alert that was told. */
  get isUnfinished(): boolean {
    return !this.over && this.clientIsForward !== undefined && !(this.#forward.finished && this.#backward.finished);
  }

  /** As the server has chosen; 0 as long as it has not. */
  get version(): number {
    return this.#server?.version ?? 0;
  }

  onClientHello(isForward: boolean, hello: ClientHello): void {
    if (this.clientIsForward !== undefined && this.clientIsForward !== isForward) return;
    const { keys, serverPort, onUnreadable } = this.options;
    this.clientIsForward = isForward;
    this.serverName = hello.serverName;
    this.#client = hello;
    this.#server = undefined;
    this.hasKeys = keys.knows(hello.random);
    if (!this.hasKeys) {
      if (keys.isAvailable) onUnreadable(isForward, "keys-missing");
      if (!isForSip(serverPort(isForward), hello)) this.over = true;
    }
    this.#directionOf(!isForward).drain();
  }

  onServerHello(isForward: boolean, hello: ServerHello): void {
    if (this.clientIsForward === isForward || hello.isRetryRequest) return;
    this.#server = hello;
    if (!canBeOpened(hello)) this.giveUp(isForward, "suite");
    if (hello.version === TLS_1_3) {
      this.#forward.protect();
      this.#backward.protect();
    }
    this.#directionOf(!isForward).drain();
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
    if (this.over || this.clientIsForward === undefined) return;
    const isLate = isForward !== this.clientIsForward && isAboutCertificate(alert);
    if (!this.isUnfinished && !(isLate && !this.#directionOf(isForward).hasPayload)) return;
    this.over = true;
    this.options.onAlert(isForward, tlsAlertName(alert), this);
  }

  #directionOf(isForward: boolean): TlsDirection {
    return isForward ? this.#forward : this.#backward;
  }
}

function canBeOpened({ version, cipherSuite: number, compression }: ServerHello): boolean {
  return version >= TLS_1_0 && version <= TLS_1_3 && compression === 0 && cipherSuite(number) !== undefined;
}

function isForSip(serverPort: number, { serverName, protocols }: ClientHello): boolean {
  if (serverPort >= FIRST_SIP_PORT && serverPort <= LAST_SIP_PORT) return true;
  return SIP_LABEL.test(serverName) || protocols.includes("sip/2");
}
