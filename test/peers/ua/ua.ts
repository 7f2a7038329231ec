import { randomBytes } from "node:crypto";
import { readSip, sipLines, tagOf, uriOf, type SipText } from "./sipText.ts";
import type { Peer, Wire } from "./wire.ts";

export interface Extras {
  /** Whole header lines. */
  readonly header?: readonly string[];
  readonly body?: string;
}

/** A user agent that does what its script says, right or wrong: nothing is retransmitted, acknowledged or checked by itself. */
export class Ua {
  readonly own: Peer;
  readonly next: Peer;
  wire!: Wire;
  readonly #inbox: { readonly message: SipText; readonly from: Peer }[] = [];
  readonly #sources = new WeakMap<SipText, Peer>();
  #wake: () => void = () => {};

  /** @param next where requests are sent to */
  constructor(own: Peer, next: Peer) {
    this.own = own;
    this.next = next;
  }

  receive(text: string, from: Peer): void {
    if (text.trim() === "") return;
    this.#inbox.push({ message: readSip(text), from });
    this.#wake();
  }

  /** The next request of this method; others before it are passed over. */
  request(method: string, seconds = 45): Promise<SipText> {
    return this.#wait((message) => message.method === method, seconds, method);
  }

  /** The next response to this method, provisional ones passed over unless asked for by code. */
  response(method: string, statusCode?: number, seconds = 45): Promise<SipText> {
    const isIt = (message: SipText): boolean =>
      message.cseqMethod === method &&
      (statusCode === undefined ? (message.statusCode ?? 0) >= 200 : message.statusCode === statusCode);
    return this.#wait(isIt, seconds, `${statusCode ?? "an answer"} to ${method}`);
  }

  send(text: string, to: Peer = this.next): void {
    this.wire.send(text, to);
  }

  /** Sends again at 0.5, 1.5, 3.5 … s, by default as long as Timer B runs. RFC 3261 §17.1.1.2 */
  async sendAgainAndAgain(text: string, { cap = 64, to = this.next, times = 7 } = {}): Promise<void> {
    for (let [interval, sent] = [0.5, 1]; ; interval = Math.min(interval * 2, cap)) {
      this.send(text, to);
      if (sent++ === times) return;
      await pause(interval);
    }
  }

  /** A response as text: what it must copy is copied from the request. RFC 3261 §8.2.6.2 */
  responseTo(
    request: SipText,
    status: string,
    { header = [], body = "", tag = "" }: Extras & { tag?: string } = {},
  ): string {
    const to = request.first("To");
    const tagged = tag === "" || tagOf(to) !== "" ? to : `${to};tag=${tag}`;
    const copied = [
      ...request.all("Via").map((value) => `Via: ${value}`),
      ...(request.method === "INVITE" ? request.all("Record-Route").map((value) => `Record-Route: ${value}`) : []),
      `From: ${request.first("From")}`,
      `To: ${tagged}`,
      `Call-ID: ${request.first("Call-ID")}`,
      `CSeq: ${request.first("CSeq")}`,
    ];
    return sipLines(`SIP/2.0 ${status}`, [...copied, ...header], body);
  }

  /** Responds to where the request came from. */
  respond(request: SipText, status: string, extras: Extras & { tag?: string } = {}): void {
    this.send(this.responseTo(request, status, extras), this.#sources.get(request));
  }

  contact(user = "ua"): string {
    const { transport } = this.wire;
    const parameter = transport === "UDP" ? "" : `;transport=${transport.toLowerCase()}`;
    return `Contact: <sip:${user}@${this.own.address}:${this.own.port}${parameter}>`;
  }

  sdp(media = "m=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000", version = 1): string {
    const { address } = this.own;
    const lines = ["v=0", `o=ua 4711 ${version} IN IP4 ${address}`, "s=-", `c=IN IP4 ${address}`, "t=0 0", media, ""];
    return lines.join("\r\n");
  }

  async #wait(isIt: (message: SipText) => boolean, seconds: number, what: string): Promise<SipText> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
        this.#sources.set(next.message, next.from);
        if (isIt(next.message)) return next.message;
      }
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no ${what} within ${seconds} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

/** One side of a dialog, or of what may become one. */
export class Side {
  readonly ua: Ua;
  readonly callId: string;
  readonly ownTag: string;
  readonly #own: string;
  readonly #peer: string;
  peerTag = "";
  target: string;
  routes: readonly string[] = [];
  cseq = 0;
  branch = "";

  private constructor(ua: Ua, callId: string, own: string, peer: string, ownTag: string) {
    this.ua = ua;
    this.callId = callId;
    this.#own = own;
    this.#peer = peer;
    this.ownTag = ownTag;
    this.target = peer;
  }

  static caller(ua: Ua, user: string, from = "alice"): Side {
    const callId = `${randomBytes(8).toString("hex")}@${ua.own.address}`;
    const domain = "sip.example.test";
    const peer = user === "" ? `sip:${domain}` : `sip:${user}@${domain}`;
    return new Side(ua, callId, `sip:${from}@${domain}`, peer, randomBytes(4).toString("hex"));
  }

  /** The callee's side of what this request begins. RFC 3261 §12.1.1 */
  static callee(ua: Ua, request: SipText, ownTag = randomBytes(4).toString("hex")): Side {
    const own = uriOf(request.first("To"));
    const side = new Side(ua, request.first("Call-ID"), own, uriOf(request.first("From")), ownTag);
    side.peerTag = tagOf(request.first("From"));
    side.target = uriOf(request.first("Contact"));
    side.routes = request.all("Record-Route");
    return side;
  }

  /** Takes over tag, target and route set from a response. RFC 3261 §12.1.2 */
  learn(response: SipText): void {
    this.peerTag = tagOf(response.first("To"));
    this.target = uriOf(response.first("Contact")) || this.target;
    // A request inside the dialog does not change its route set. RFC 3261 §12.2
    if (this.routes.length === 0) this.routes = response.all("Record-Route").toReversed();
  }

  text(
    method: string,
    { header = [], body = "", cseq, branch }: Extras & { cseq?: number; branch?: string } = {},
  ): string {
    if (method !== "ACK" && method !== "CANCEL") this.cseq = cseq ?? this.cseq + 1;
    if (branch === undefined && !(method === "CANCEL")) this.branch = `z9hG4bK${randomBytes(6).toString("hex")}`;
    const { address, port } = this.ua.own;
    const peerTag = this.peerTag === "" ? "" : `;tag=${this.peerTag}`;
    const fields = [
      `Via: SIP/2.0/${this.ua.wire.transport} ${address}:${port};branch=${branch ?? this.branch};rport`,
      ...this.routes.map((route) => `Route: ${route}`),
      "Max-Forwards: 70",
      `From: <${this.#own}>;tag=${this.ownTag}`,
      `To: <${this.#peer}>${peerTag}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${cseq ?? this.cseq} ${method}`,
    ];
    return sipLines(`${method} ${this.target} SIP/2.0`, [...fields, ...header], body);
  }

  /** Sends a request and returns it. */
  send(method: string, extras: Extras & { cseq?: number; branch?: string } = {}): string {
    const text = this.text(method, extras);
    this.ua.send(text, nextHop(this.routes[0]));
    return text;
  }

  /** INVITE with an offer, and its final response; ACK is sent for both kinds. */
  async invite(extras: Extras = {}): Promise<SipText> {
    this.send("INVITE", {
      body: this.ua.sdp(),
      ...extras,
      header: [this.ua.contact("alice"), ...(extras.header ?? [])],
    });
    return this.conclude();
  }

  async conclude(): Promise<SipText> {
    const response = await this.ua.response("INVITE");
    if ((response.statusCode ?? 0) < 300) {
      this.learn(response);
      this.send("ACK", { cseq: this.cseq });
    } else {
      this.refusedAck(response);
    }
    return response;
  }

  /** ACK of the transaction itself: same branch, same Request-URI. RFC 3261 §17.1.1.3 */
  refusedAck(response: SipText): void {
    const before = this.peerTag;
    this.peerTag = tagOf(response.first("To"));
    this.send("ACK", { cseq: this.cseq, branch: this.branch });
    this.peerTag = before;
  }

  async hangUp(): Promise<SipText> {
    this.send("BYE");
    return this.ua.response("BYE");
  }
}

/** The first of the route set says where to. RFC 3261 §12.2.1.1 */
function nextHop(route: string | undefined): Peer | undefined {
  const [, address, port] = /<sip:([^;:>]+)(?::(\d+))?/.exec(route ?? "") ?? [];
  return address === undefined ? undefined : { address, port: Number(port ?? 5060) };
}

export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, seconds * 1000));
}
