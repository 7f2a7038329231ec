import { latin1Bytes } from "../../bytes/latin1.ts";
import { CR, HTAB, LF, SPACE } from "../../bytes/ascii.ts";
import type { CaptureFormat } from "../captureFormat.ts";
import type { HostPort, Logged } from "../logged.ts";
import { dissectedMessage } from "./dissectedMessage.ts";
import { hostPort, withPort } from "./hostPort.ts";
import type { Transport } from "../transport.ts";
import { JsonValues, type JsonMembers } from "./jsonValues.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import { TracedMessage } from "./tracedMessage.ts";
import { ScannedTrace } from "./scannedTrace.ts";
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
    return bytes[first] === ARRAY && bytes[second] === OBJECT;
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

class JsonTraceReader extends ScannedTrace {
  readonly #values: JsonValues = new JsonValues((members) => this.#object(members));

  read(bytes: Uint8Array, start: number): number {
    for (let at = start; at < bytes.length; at++) this.#values.push(bytes[at]);
    return bytes.length;
  }

  flush(): void {
    this.scanner.flush();
    if (this.#values.isOpen) this.sink.tally.count("file-cut", this.sink.frames || undefined);
  }

  /** True where it held a message or lines of a log. */
  #object(members: JsonMembers): boolean {
    const dissected = dissectedMessage(members);
    if (dissected !== undefined) {
      const { text, timeMicros, ...logged } = dissected;
      return this.#emit(text, timeMicros, logged);
    }
    const time = timeOf(members);
    for (const value of members.values()) {
      if (typeof value === "string" && isMessage(value)) {
        const [source, destination] = [side(members, "src", "source"), side(members, "dst", "destination")];
        this.#emit(value, time, { transport: transportOf(members), source, destination, ipId: 0 });
        return true;
      }
    }
    const text = LINES.map((name) => members.get(name)).find((value) => typeof value === "string");
    if (typeof text !== "string") return false;
    if (time !== undefined) this.scanner.observe(time);
    for (const line of (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")) this.scanner.push(line);
    return true;
  }

  /** True, as what is cut too short to be a message is none of a log either. */
  #emit(text: string, time: number | undefined, known: Omit<Logged, "cut" | "direction">): true {
    const [startLine, ...lines] = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    const message = new TracedMessage(startLine);
    for (const line of lines) if (message.push(line) !== "taken") break;
    const found = message.finish();
    if (found === undefined) return true;
    const bytes = text.includes("\r\n") && !found.cut ? latin1Bytes(text) : found.bytes;
    this.scanner.found("json", time, bytes, { ...known, direction: undefined, cut: found.cut });
    return true;
  }
}

/** Where log shippers and containers put a line. */
const LINES: readonly string[] = ["log", "message", "MESSAGE", "msg", "line"];

const START_LINE_LIMIT = 2048;

/** More than a start line. */
function isMessage(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 0 || end > START_LINE_LIMIT || end + 2 >= text.length) return false;
  return startLineAt(text.slice(0, text[end - 1] === "\r" ? end - 1 : end)) === 0;
}

/** `srcIp` and `srcPort`, `source_ip`, `src.address`, in any case. */
function side(members: JsonMembers, short: string, long: string): HostPort | undefined {
  let [host, port] = ["", ""];
  for (const [name, value] of members) {
    const plain = name.toLowerCase().replaceAll(/[_.-]/g, "");
    const what = plain.startsWith(long)
      ? plain.slice(long.length)
      : plain.startsWith(short)
        ? plain.slice(short.length)
        : "";
    // `src` with the port in it; without, `source` is anything.
    if ((plain === short || plain === long) && ADDRESS_AND_PORT.test(String(value))) return hostPort(String(value));
    if (what === "ip" || what === "address" || what === "addr") host = String(value);
    else if (what === "port") port = String(value);
  }
  return withPort(host, port, 5060);
}

const ADDRESS_AND_PORT = /^(?:[0-9.]{7,15}|\[[0-9a-fA-F:.]{2,45}\]):[0-9]{1,5}$/;

/** By its name, or IANA's number of the protocol over IP. */
function transportOf(members: JsonMembers): Transport {
  const value = members.get("protocol") ?? members.get("proto") ?? members.get("transport");
  return NUMBERS[String(value)] ?? transportNamed(String(value));
}

const NUMBERS: Readonly<Record<string, Transport>> = { "6": "tcp", "17": "udp", "132": "sctp" };

/** Microseconds since the epoch. */
function timeOf(members: JsonMembers): number | undefined {
  const seconds = Number(members.get("timeSeconds") ?? members.get("time_sec") ?? members.get("timestamp_sec"));
  if (seconds > 0) {
    const micros = Number(members.get("timeUseconds") ?? members.get("timeUSeconds") ?? members.get("time_usec") ?? 0);
    return seconds * 1_000_000 + (micros >= 0 && micros < 1_000_000 ? micros : 0);
  }
  for (const name of TIMES) {
    const value = members.get(name);
    if (typeof value === "number" && value > 0) return inMicros(value);
    if (typeof value === "string" && EPOCH.test(value)) return inMicros(Number(value));
    const time = typeof value === "string" ? timestampAt(value, 0) : undefined;
    if (time?.dayMicros !== undefined) return time.dayMicros + time.ofDayMicros;
  }
  return undefined;
}

const TIMES: readonly string[] =
  "create_date @timestamp timestamp time ts micro_ts _time __REALTIME_TIMESTAMP _SOURCE_REALTIME_TIMESTAMP".split(" ");
/** Nothing but a number of a length that only times have. */
const EPOCH = /^[0-9]{10,19}$/;

/** A number of seconds, milliseconds, microseconds or nanoseconds since the epoch: told by its size. */
function inMicros(value: number): number | undefined {
  if (value < 1e11) return Math.round(value * 1e6);
  if (value < 1e14) return Math.round(value * 1e3);
  return value < 1e17 ? Math.round(value) : Math.round(value / 1e3);
}
