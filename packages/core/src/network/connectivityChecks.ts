import { uint16, uint32 } from "../bytes/integers.ts";
import { latin1Text } from "../bytes/latin1.ts";
import type { Datagram } from "./datagram.ts";
import { packetSides, wayText } from "./endpoint.ts";
import { CHECK_REPEAT_MICROS, CHECKS_TELL_MICROS } from "./limits.ts";
import type { Mutable } from "./mutable.ts";
import type { ConnectivityChecks } from "./packet.ts";
import { STUN_ATTRIBUTE, STUN_TYPE, stunAttribute, stunLength } from "./stun.ts";

/** Of user fragments as long as may be. RFC 8839 §5.4 */
const MOST_USERNAME_BYTES = 513;
/** Ways that are under way and told from each other; when there are more, what is known of all is told, and they begin anew. */
const MAX_OPEN = 16_384;
/** User names between the same two: another one is that of another call, or of ICE that was begun anew. */
const MAX_OF_SIDES = 4;
/** Checks of one way whose answer is waited for. */
const MAX_WAITING = 32;
/** Nothing more comes of a way that was quiet for so long: checks of a pair in use come every few seconds. RFC 7675 §5.1 */
const QUIET_MICROS = 60_000_000;

type OpenChecks = Mutable<ConnectivityChecks> & {
  /** The first bytes of the transaction ids of checks that wait for an answer, the latest last. */
  readonly waiting: number[];
  /** -1 before the first. */
  lastTransaction: number;
  isTold: boolean;
};

/**
 * Counts connectivity checks of ICE and their answers in one capture, by source, destination and user name: which call they belong to is for
 * others to find out. They are told when they begin, when the first is answered, and again every few seconds as long as they go on.
 */
export class ConnectivityCheckFlows {
  /** What is due at this time is told by `tell`, microseconds since the epoch. */
  deadlineMicros: number = Number.POSITIVE_INFINITY;
  readonly #onChecks: (checks: ConnectivityChecks) => void;
  /** By source and destination, the latest user name last. */
  readonly #open: Map<string, OpenChecks[]> = new Map();
  #count = 0;

  constructor(onChecks: (checks: ConnectivityChecks) => void) {
    this.#onChecks = onChecks;
  }

  /** A STUN message is at `bytes[start, end)` of the datagram, whose UDP header is at `datagram.offset`. */
  push(datagram: Datagram, start: number, end: number): void {
    const type = uint16(datagram.bytes, start);
    if (type === STUN_TYPE.bindingRequest) this.#pushCheck(datagram, start, end);
    else if (type === STUN_TYPE.bindingSuccess || type === STUN_TYPE.bindingError)
      this.#pushAnswer(datagram, start, end);
  }

  /** Tells what has changed since it was told last, and forgets what has ended. */
  tell(nowMicros: number): void {
    for (const [key, flows] of this.#open) {
      for (const flow of flows) this.#tellOne(flow);
      if (flows.some(({ timeMicros }) => nowMicros - timeMicros <= QUIET_MICROS)) continue;
      this.#open.delete(key);
      this.#count -= flows.length;
    }
    this.deadlineMicros = this.#count === 0 ? Number.POSITIVE_INFINITY : nowMicros + CHECKS_TELL_MICROS;
  }

  flush(): void {
    this.tell(Number.POSITIVE_INFINITY);
  }

  /** One without a user name asks a server for the address it comes from, or keeps a binding alive. */
  #pushCheck(datagram: Datagram, start: number, end: number): void {
    const { bytes, frame } = datagram;
    const { timeMicros } = frame;
    const value = stunAttribute(bytes, start, end, STUN_ATTRIBUTE.username);
    if (value < 0 || stunLength(bytes, value) > MOST_USERNAME_BYTES) return;
    const username = latin1Text(bytes, value, value + stunLength(bytes, value));
    const transaction = uint32(bytes, start + 8);
    const flow = this.#flowOf(datagram, username);
    // The same packet, seen by two taps: repeated it comes later. RFC 8445 §14.3
    if (flow.lastTransaction === transaction && timeMicros - flow.timeMicros < CHECK_REPEAT_MICROS) return;
    flow.lastTransaction = transaction;
    if (flow.waiting.at(-1) !== transaction && flow.waiting.push(transaction) > MAX_WAITING) flow.waiting.shift();
    flow.checks++;
    flow.unanswered++;
    flow.frame = frame.number;
    flow.timeMicros = timeMicros;
    flow.isTold = false;
    if (flow.checks === 1) this.#tellOne(flow);
  }

  /** It comes from where the check went, and has no user name. RFC 8445 §7.2.2, §7.2.5.2.1 */
  #pushAnswer(datagram: Datagram, start: number, end: number): void {
    const { bytes, frame } = datagram;
    const { source, destination } = packetSides(datagram);
    const transaction = uint32(bytes, start + 8);
    const flow = this.#open.get(wayText(destination, source))?.findLast(({ waiting }) => waiting.includes(transaction));
    if (flow === undefined) return;
    // What two taps saw counts once.
    flow.waiting.splice(flow.waiting.indexOf(transaction), 1);
    flow.isTold = false;
    if (uint16(bytes, start) === STUN_TYPE.bindingError) {
      const value = stunAttribute(bytes, start, end, STUN_ATTRIBUTE.errorCode);
      if (value < 0 || stunLength(bytes, value) < 4) return;
      flow.errors++;
      flow.errorCode = (bytes[value + 2] & 7) * 100 + bytes[value + 3];
      return;
    }
    const isFirst = flow.successes === 0;
    flow.successes++;
    flow.unanswered = 0;
    flow.lastSuccessMicros = frame.timeMicros;
    if (!isFirst) return;
    flow.firstSuccessMicros = frame.timeMicros;
    this.#tellOne(flow);
  }

  #flowOf(datagram: Datagram, username: string): OpenChecks {
    const { frame } = datagram;
    const { source, destination } = packetSides(datagram);
    const key = wayText(source, destination);
    const known = this.#open.get(key)?.find((each) => each.username === username);
    if (known !== undefined) return known;
    if (this.#count >= MAX_OPEN) this.flush();
    const flow: OpenChecks = {
      kind: "connectivity-checks",
      capture: frame.capture,
      frame: frame.number,
      timeMicros: frame.timeMicros,
      firstMicros: frame.timeMicros,
      username,
      checks: 0,
      successes: 0,
      firstSuccessMicros: Number.NaN,
      lastSuccessMicros: Number.NaN,
      unanswered: 0,
      errorCode: 0,
      errors: 0,
      source,
      destination,
      waiting: [],
      lastTransaction: -1,
      isTold: false,
    };
    this.#add(key, flow);
    if (this.deadlineMicros === Number.POSITIVE_INFINITY) this.deadlineMicros = frame.timeMicros + CHECKS_TELL_MICROS;
    return flow;
  }

  #add(key: string, flow: OpenChecks): void {
    const flows = this.#open.get(key);
    if (flows === undefined) this.#open.set(key, [flow]);
    else flows.push(flow);
    this.#count++;
    if (flows === undefined || flows.length <= MAX_OF_SIDES) return;
    this.#tellOne(flows.shift()!);
    this.#count--;
  }

  #tellOne(flow: OpenChecks): void {
    if (flow.isTold) return;
    flow.isTold = true;
    const { waiting: _, lastTransaction: __, isTold: ___, ...checks } = flow;
    this.#onChecks(checks);
  }
}
