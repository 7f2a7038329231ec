import { isHep3 } from "../capture/hep.ts";
import { HepStream } from "./hepStream.ts";
import { HttpHead, mayBeHttp } from "./httpHead.ts";
import { type MessageEnd, SipStream } from "./sipStream.ts";
import type { StreamReader } from "./streamReader.ts";
import { isSipFrame } from "./webSocketFrame.ts";
import { WebSocketStream } from "./webSocketStream.ts";

export interface ClearStreamOptions {
  /** A SIP message; `inWebSocket`: it came in a WebSocket message. */
  onMessage(bytes: Uint8Array, start: number, end: number, at: MessageEnd, inWebSocket: boolean): void;
  /** What follows shows that a SIP message, which comes next or ended earlier, has another number of octets of body than it announced. */
  onMisframed(announced: number, at: MessageEnd): void;
  /** A HEPv3 packet. */
  onHep(bytes: Uint8Array, start: number, end: number): void;
  /** A WebSocket message is compressed and was not read. */
  onCompressed(): void;
  onLimit(limit: string): void;
  /** A WebSocket Close frame. */
  onClose(): void;
  /** The start line of an HTTP message; `asksForSip` where it asks for a WebSocket that is to carry SIP. */
  onHttp(startLine: string, asksForSip: boolean): void;
}

/** HTTP messages before an upgrade; browsers open a connection for each WebSocket. */
const MOST_HEADS = 32;

/**
 * Reads one direction of a connection in clear text, as it came over TCP or out of TLS: SIP, HEP, or WebSocket after an HTTP upgrade.
 * Which of them it is, is told by content at the beginning of a segment, until one is confirmed.
 */
export class ClearStream implements StreamReader {
  readonly #options: ClearStreamOptions;
  readonly #sip: SipStream;
  #reader: StreamReader;
  /** While the head of an HTTP message is being read. */
  #head: HttpHead | undefined;
  #heads = 0;

  /** `fromStart`: the first bytes are the first of the connection. */
  constructor(options: ClearStreamOptions, fromStart: boolean) {
    this.#options = options;
    this.#sip = new SipStream(
      {
        onMessage: (bytes, start, end, at) => options.onMessage(bytes, start, end, at, false),
        onMisframed: (announced, at) => options.onMisframed(announced, at),
        onLimit: (limit) => options.onLimit(limit),
      },
      fromStart,
    );
    this.#reader = this.#sip;
  }

  get confirmed(): boolean {
    return this.#reader.confirmed;
  }

  get done(): boolean {
    return this.#reader.done || this.#heads > MOST_HEADS;
  }

  get isInMessage(): boolean {
    return this.#reader.isInMessage;
  }

  push(segment: Uint8Array, start: number, end: number): void {
    let [bytes, at, stop] = [segment, start, end];
    for (let head = this.#headAt(bytes, at, stop); head !== undefined; head = this.#headAt(bytes, at, stop)) {
      at = head.push(bytes, at, stop);
      if (head.outcome === "unknown") return;
      this.#head = undefined;
      if (head.outcome !== "other") this.#options.onHttp(head.startLine, head.isSip);
      [bytes, stop] = [head.bytes, head.bytes.length];
      if (head.outcome === "upgrade") this.#reader = this.#webSocket(head.isSip);
      if (head.outcome !== "http") break;
    }
    if (at === stop || this.done) return;
    if (this.#isOpen) this.#recognise(bytes, at, stop);
    this.#reader.push(bytes, at, stop);
  }

  gap(): void {
    this.#head = undefined;
    this.#reader.gap();
  }

  giveUp(): void {
    this.#reader.giveUp();
  }

  close(isEnd: boolean): void {
    this.#reader.close(isEnd);
  }

  /** True while it may still turn out to be something else than SIP. */
  get #isOpen(): boolean {
    return this.#reader === this.#sip && !this.#sip.confirmed && !this.#sip.isInMessage;
  }

  /** The head of an HTTP message that goes on or begins here. */
  #headAt(bytes: Uint8Array, start: number, end: number): HttpHead | undefined {
    if (this.#head !== undefined || !this.#isOpen || !mayBeHttp(bytes, start, end)) return this.#head;
    if (++this.#heads > MOST_HEADS) return undefined;
    this.#head = new HttpHead();
    return this.#head;
  }

  #recognise(bytes: Uint8Array, start: number, end: number): void {
    if (isHep3(bytes, start, end)) this.#reader = new HepStream(this.#options.onHep);
    else if (isSipFrame(bytes, start, end)) this.#reader = this.#webSocket(false);
  }

  #webSocket(isSip: boolean): WebSocketStream {
    const { onMessage, onCompressed, onLimit, onClose } = this.#options;
    return new WebSocketStream(
      {
        onMessage: (bytes, start, end, cut) => onMessage(bytes, start, end, cut ? "missing" : "latest", true),
        onCompressed,
        onLimit,
        onClose,
      },
      isSip,
    );
  }
}
