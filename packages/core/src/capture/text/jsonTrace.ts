import { latin1Bytes } from "../../bytes/latin1.ts";
import { CR, HTAB, LF, SPACE } from "../../bytes/ascii.ts";
import type { CaptureFormat } from "../captureFormat.ts";
import type { HostPort, LoggedTransport } from "../logged.ts";
import { withPort } from "./hostPort.ts";
import { JsonValues, type JsonMembers } from "./jsonValues.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import { TracedMessage } from "./tracedMessage.ts";
import { ScannedTrace } from "./scannedTrace.ts";
import { transportNamed } from "./transportName.ts";

/**
 * SIP in JSON: what HOMER's API gives (`raw` beside `protocol_header` with `srcIp`, `timeSeconds` and so on), one object a line as log shippers write, and logs
 * whose lines are strings of objects (`log`, `message`). An object is told by what it holds, not by whose it is. homer-app utils/exportwriter.
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
    const time = timeOf(members);
    for (const value of members.values()) {
      if (typeof value === "string" && isMessage(value)) {
        this.#message(value, time, members);
        return true;
      }
    }
    const text = LINES.map((name) => members.get(name)).find((value) => typeof value === "string");
    if (typeof text !== "string") return false;
    if (time !== undefined) this.scanner.observe(time);
    for (const line of (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")) this.scanner.push(line);
    return true;
  }

  #message(text: string, time: number | undefined, members: JsonMembers): void {
    const [startLine, ...lines] = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    const message = new TracedMessage(startLine);
    for (const line of lines) if (message.push(line) !== "taken") break;
    const found = message.finish();
    if (found === undefined) return;
    const bytes = text.includes("\r\n") && !found.cut ? latin1Bytes(text) : found.bytes;
    const [source, destination] = [side(members, "src", "source"), side(members, "dst", "destination")];
    const transport = transportOf(members);
    const logged = { transport, direction: undefined, source, destination, ipId: 0, cut: found.cut };
    this.scanner.found("json", time, bytes, logged);
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
    if (what === "ip" || what === "address" || what === "addr") host = String(value);
    else if (what === "port") port = String(value);
  }
  return withPort(host, port, 5060);
}

/** By its name, or IANA's number of the protocol over IP. */
function transportOf(members: JsonMembers): LoggedTransport {
  const value = members.get("protocol") ?? members.get("proto") ?? members.get("transport");
  return NUMBERS[String(value)] ?? transportNamed(String(value));
}

const NUMBERS: Readonly<Record<string, LoggedTransport>> = { "6": "tcp", "17": "udp", "132": "sctp" };

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
    const time = typeof value === "string" ? timestampAt(value, 0) : undefined;
    if (time?.dayMicros !== undefined) return time.dayMicros + time.ofDayMicros;
  }
  return undefined;
}

const TIMES: readonly string[] = ["create_date", "@timestamp", "timestamp", "time", "ts", "micro_ts"];

/** A number of seconds, milliseconds, microseconds or nanoseconds since the epoch: told by its size. */
function inMicros(value: number): number | undefined {
  if (value < 1e11) return Math.round(value * 1e6);
  if (value < 1e14) return Math.round(value * 1e3);
  return value < 1e17 ? Math.round(value) : Math.round(value / 1e3);
}
