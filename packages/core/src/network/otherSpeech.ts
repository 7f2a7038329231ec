import { firstLine } from "./firstLine.ts";
import type { Endpoint, ForeignAnswer, NetworkEvent, Sides, WebSocketRefused } from "./packet.ts";
import { isSipPort } from "./sipPorts.ts";

/** A word, at least, that is neither empty lines nor binary. */
const SAYS_SOMETHING = /[ -~]{4}/u;
const SPEAKS_SIP = /sips?[:/]/iu;

/** Who says it and to whom, and in which frame. */
export interface Saying extends Sides {
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
}

/** What is said on a connection that is no SIP: HTTP, by which a WebSocket is asked for, and what something else answers to a request. */
export class OtherSpeech {
  readonly #onEvent: (event: NetworkEvent) => void;
  /** What a side said first, and was no SIP, where the other one has not spoken yet. */
  #foreign: ForeignAnswer | undefined;
  /** Who spoke SIP first. */
  #speaker: Endpoint | undefined;
  /** A WebSocket for SIP was opened without that its server took SIP. */
  #unagreed: WebSocketRefused | undefined;
  /** One side spoke HTTP, and may go on with a WebSocket. */
  #asksHttp = false;
  /** What an HTTP request asked for, where that was a WebSocket for SIP. */
  #askedPath = "";

  constructor(onEvent: (event: NetworkEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** The first bytes of a side, most often of a web server; some others speak before they are spoken to. */
  begins(bytes: Uint8Array, start: number, end: number, saying: Saying): void {
    const isAsked = this.#speaker !== undefined && this.#speaker !== saying.source;
    if (this.#asksHttp || (!isAsked && !isSipPort(saying.source.port))) return;
    const answer = firstLine(bytes, start, end);
    if (!SAYS_SOMETHING.test(answer) || SPEAKS_SIP.test(answer)) return;
    const event: ForeignAnswer = { kind: "foreign-answer", ...saying, answer };
    if (isAsked) this.#onEvent(event);
    else this.#foreign = event;
  }

  /** The start line of an HTTP message; `asksForSip` where it asks for a WebSocket that is to carry SIP. Credentials may be asked for and then given. RFC 6455 §4.1 */
  http(startLine: string, asksForSip: boolean, saying: Saying): void {
    const [first, second = ""] = startLine.split(" ", 2);
    if (!first.startsWith("HTTP/")) {
      this.#asksHttp = true;
      this.#askedPath = asksForSip ? second.split("?", 1)[0] : "";
      return;
    }
    const path = this.#askedPath;
    this.#askedPath = "";
    if (path === "" || (second === "101" && asksForSip) || second === "401" || second === "407") return;
    const event: WebSocketRefused = { kind: "websocket-refused", ...saying, answer: startLine, path };
    // Some clients do without.
    if (second === "101") this.#unagreed = event;
    else this.#onEvent(event);
  }

  /** A side spoke SIP. What the other one had said first is then an answer to it. */
  sip(speaker: Endpoint): void {
    this.#unagreed = undefined;
    this.#speaker ??= speaker;
    const foreign = this.#foreign;
    this.#foreign = undefined;
    if (foreign !== undefined && foreign.source !== speaker) this.#onEvent(foreign);
  }

  /** A side ended the connection. */
  end(): void {
    if (this.#unagreed !== undefined) this.#onEvent(this.#unagreed);
    this.#unagreed = undefined;
  }
}
