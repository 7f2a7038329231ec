import { CR, HTAB, LF, SPACE } from "../../bytes/ascii.ts";
import type { CaptureFormat } from "../captureFormat.ts";
import type { HostPort, Logged } from "../logged.ts";
import { hostPort, withPort } from "./hostPort.ts";
import type { Transport } from "../transport.ts";
import { type JsonMembers, type JsonParts, type JsonScalar, JsonValues } from "./jsonValues.ts";
import { PacketDissection } from "./packetDissection.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import { ScannedTrace } from "./scannedTrace.ts";
import type { SaidTime } from "./traceClock.ts";
import { transportNamed } from "./transportName.ts";

/**
 * SIP in JSON: what HOMER's API gives (`raw` beside `protocol_header` with `srcIp`, `timeSeconds` and so on), one object a line as log shippers write, and logs
 * whose lines are strings of objects (`log`, `message`) or, as Loki answers, of arrays behind their time; and the packets of `tshark -T json` and `-T ek`. An object is told by what it holds, not by whose it is. homer-app utils/exportwriter.
 */
export const jsonTrace: CaptureFormat<"json"> = {
  name: "json",
  sniff(bytes) {
    const first = skipBlanks(bytes, bytes[0] === 0xef ? 3 : 0);
    const second = skipBlanks(bytes, first + 1);
    if (second >= bytes.length) return bytes.length < SNIFF_BYTES ? undefined : false;
    if (bytes[first] === OBJECT) return bytes[second] === QUOTE;
    return bytes[first] === ARRAY && (bytes[second] === OBJECT || bytes[second] === QUOTE);
  },
  create: (sink) => new JsonTraceReader(sink),
};

const SNIFF_BYTES = 64;
const [QUOTE, ARRAY, OBJECT] = [34, 91, 123];

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === HTAB || bytes[at] === LF || bytes[at] === CR) at++;
  return at;
}

class JsonTraceReader extends ScannedTrace implements JsonParts {
  readonly #values: JsonValues = new JsonValues(this);
  readonly #dissection: PacketDissection = new PacketDissection();
  /** Of a table that has an object for each cell, the cells of a row so far. */
  #cells: JsonMembers = new Map();
  /** Of a table that has a list for each row, the one with the longest text so far: that is the line. */
  #column: { readonly name: string; readonly length: number } = { name: "", length: 0 };

  read(bytes: Uint8Array, start: number): number {
    for (let at = start; at < bytes.length; at++) this.#values.push(bytes[at]);
    return bytes.length;
  }

  flush(): void {
    this.#endCells();
    this.scanner.flush();
    if (this.#values.isOpen) this.sink.tally.count("file-cut", this.sink.frames || undefined);
  }

  object(members: JsonMembers, name: string, around: JsonMembers | undefined, isInObject: boolean): boolean {
    if (this.#dissection.push(name, members)) return true;
    const dissected = name === "layers" ? this.#dissection.take(members) : undefined;
    if (dissected !== undefined) {
      this.emitDissected("json", dissected);
      return true;
    }
    if (members.size === 2 && typeof members.get("field") === "string" && members.has("value"))
      return this.#cell(String(members.get("field")), members.get("value")!);
    const text = textIn(members);
    if (text === undefined) return false;
    const time = timeOf(members);
    // The object around it may say when.
    if (time === undefined && isInObject) return this.#isKnown(text, around!);
    this.#entry(text, time ?? (around && timeOf(around)), members);
    return true;
  }

  /** True where the object around it has the same text, as collectors keep what they were given. Another text of it comes first. */
  #isKnown(text: string, around: JsonMembers): boolean {
    const known = textIn(around);
    if (known === undefined || known === text) return known === text;
    for (const [name, value] of around) if (value === known) around.delete(name);
    this.#entry(known, timeOf(around), around);
    return false;
  }

  row(items: JsonMembers): void {
    for (const [column, value] of items) {
      const length = typeof value === "string" ? value.length : 0;
      if (length > this.#column.length) this.#column = { name: column, length };
    }
    const text = items.get(this.#column.name);
    const time = [...items].map(([column, value]) => (column === this.#column.name ? undefined : timeIn(value)));
    const said = time.find((each) => each !== undefined);
    if (said !== undefined && typeof text === "string") this.#entry(text, said, items);
  }

  item(text: string, name: string): boolean {
    if (name !== "" && !isMessage(text) && !LISTS.has(plainName(name))) return false;
    this.#entry(text, undefined, NOTHING);
    return true;
  }

  #cell(name: string, value: JsonScalar): true {
    if (this.#cells.has(name)) this.#endCells();
    this.#cells.set(name, value);
    return true;
  }

  #endCells(): void {
    const cells = this.#cells;
    this.#cells = new Map();
    const text = textIn(cells);
    if (text !== undefined) this.#entry(text, timeOf(cells), cells);
  }

  /** A message, or lines of a log. */
  #entry(text: string, time: SaidTime | undefined, members: JsonMembers): void {
    if (isMessage(text)) {
      if (time !== undefined) this.scanner.say(time);
      const [source, destination] = [side(members, "src", "source", "from"), side(members, "dst", "destination", "to")];
      const [transport, direction] = [transportOf(members), directionOf(members)];
      return this.emitText("json", text, time?.timeMicros, { transport, direction, source, destination, ipId: 0 });
    }
    if (time !== undefined) this.scanner.observe(time);
    for (const line of (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")) this.scanner.push(line);
  }
}

const NOTHING: JsonMembers = new Map();

/** A message under any name, or what stands where log shippers, collectors and clouds put a line. */
function textIn(members: JsonMembers): string | undefined {
  for (const value of members.values()) if (typeof value === "string" && isMessage(value)) return value;
  return namedFirst(members, LINES, (value) => (typeof value === "string" ? value : undefined));
}

/** What `read` makes of the member whose name comes first among these. */
function namedFirst<Value>(
  members: JsonMembers,
  names: ReadonlyMap<string, number>,
  read: (value: JsonScalar) => Value | undefined,
): Value | undefined {
  let [best, rank] = [undefined as Value | undefined, Number.POSITIVE_INFINITY];
  for (const [name, value] of members) {
    const own = names.get(plainName(name)) ?? Number.POSITIVE_INFINITY;
    const found = own < rank ? read(value) : undefined;
    if (found !== undefined) [best, rank] = [found, own];
  }
  return best;
}

/** A name without what differs between those who write it. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function ranked(names: string): ReadonlyMap<string, number> {
  return new Map(names.split(" ").map((name, rank) => [name, rank]));
}

/** Plain names: `fullmessage` of GELF, `raw` of Splunk, `original` of ECS, `textpayload` of Google, `stringvalue` of OpenTelemetry. */
const LINES = ranked(
  "fullmessage log message msg line raw original textpayload syslogmessage rawmessage stringvalue body shortmessage",
);

/** Lists of lines. */
const LISTS: ReadonlySet<string> = new Set(["log", "logs", "lines", "messages", "output", "entries", ...LINES.keys()]);

const START_LINE_LIMIT = 2048;

/** More than a start line. */
function isMessage(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 0 || end > START_LINE_LIMIT || end + 2 >= text.length) return false;
  return startLineAt(text.slice(0, text[end - 1] === "\r" ? end - 1 : end)) === 0;
}

/** `srcIp` and `srcPort`, `source_ip`, `src.address`, in any case. */
function side(members: JsonMembers, short: string, long: string, word: string): HostPort | undefined {
  let [host, port] = ["", ""];
  for (const [name, value] of members) {
    const plain = plainName(name);
    const what = plain.startsWith(long)
      ? plain.slice(long.length)
      : plain.startsWith(short)
        ? plain.slice(short.length)
        : "";
    // `src` with the port in it; without, `source` is anything.
    if ((plain === short || plain === long || plain === word) && ADDRESS_AND_PORT.test(String(value)))
      return hostPort(String(value));
    if (what === "ip" || what === "address" || what === "addr") host = String(value);
    else if (what === "port") port = String(value);
  }
  return withPort(host, port, 5060);
}

const ADDRESS_AND_PORT = /^(?:[0-9.]{7,15}|\[[0-9a-fA-F:.]{2,45}\]):[0-9]{1,5}$/;

/** As seen by who wrote it: `direction`, or `type` as browsers save what went over a WebSocket (HAR). */
function directionOf(members: JsonMembers): Logged["direction"] {
  const value = String(members.get("direction") ?? members.get("dir") ?? members.get("type") ?? "").toLowerCase();
  if (SENT.has(value)) return "sent";
  return RECEIVED.has(value) ? "received" : undefined;
}

const SENT: ReadonlySet<string> = new Set(["send", "sent", "out", "outgoing", "outbound", "tx", "egress"]);
const RECEIVED: ReadonlySet<string> = new Set([
  "receive",
  "received",
  "recv",
  "in",
  "incoming",
  "inbound",
  "rx",
  "ingress",
]);

/** By its name, or IANA's number of the protocol over IP. */
function transportOf(members: JsonMembers): Transport {
  // Of a frame of a WebSocket. RFC 6455 §5.2
  if (members.has("opcode")) return "wss";
  const value = members.get("protocol") ?? members.get("proto") ?? members.get("transport");
  return NUMBERS[String(value)] ?? transportNamed(String(value));
}

const NUMBERS: Readonly<Record<string, Transport>> = { "6": "tcp", "17": "udp", "132": "sctp" };

function timeOf(members: JsonMembers): SaidTime | undefined {
  const seconds = Number(members.get("timeSeconds") ?? members.get("time_sec") ?? members.get("timestamp_sec"));
  if (seconds > 0) {
    const micros = Number(members.get("timeUseconds") ?? members.get("timeUSeconds") ?? members.get("time_usec") ?? 0);
    return counted(seconds * 1_000_000 + (micros >= 0 && micros < 1_000_000 ? micros : 0));
  }
  return namedFirst(members, TIMES, timeIn);
}

function timeIn(value: JsonScalar): SaidTime | undefined {
  if (typeof value === "number") return value > 1e9 ? counted(inMicros(value)) : undefined;
  if (EPOCH.test(value)) return counted(inMicros(Number(value)));
  const time = timestampAt(value, 0);
  return time?.dayMicros === undefined ? undefined : { ...time, timeMicros: time.dayMicros + time.ofDayMicros };
}

/** Since the epoch. */
function counted(timeMicros: number): SaidTime {
  return { timeMicros, hasYear: true, hasZone: true };
}

const TIMES = ranked(
  "createdate timestamp time ts microts realtimetimestamp sourcerealtimetimestamp timegenerated timeunixnano observedtimeunixnano datetime eventtime receivetimestamp date",
);
/** Nothing but a number of a length that only times have. */
const EPOCH = /^[0-9]{10,19}$/;

/** A number of seconds, milliseconds, microseconds or nanoseconds since the epoch: told by its size. */
function inMicros(value: number): number {
  if (value < 1e11) return Math.round(value * 1e6);
  if (value < 1e14) return Math.round(value * 1e3);
  return value < 1e17 ? Math.round(value) : Math.round(value / 1e3);
}
