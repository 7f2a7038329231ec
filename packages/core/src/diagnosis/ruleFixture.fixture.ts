import { endpointOf } from "../network/endpoint.ts";
import type {
  ConnectionClosed,
  ConnectionTransport,
  IcmpUnreachable,
  NetworkEvent,
  Packet,
  TlsFailure,
} from "../network/packet.ts";
import type { Transport } from "../capture/transport.ts";
import { filledMessage, type Sent } from "./filledMessage.fixture.ts";

/** One case of `<rule>.fixture.md`. */
export interface RuleCase {
  /** The heading, for the name of the test. */
  readonly heading: string;
  readonly expected: Expected;
  readonly packets: readonly Packet[];
  readonly events: readonly NetworkEvent[];
  readonly observedUntilMicros: number;
  /** True where no other rule may find anything. */
  readonly alone: boolean;
  /** Address and port of the element that the finding must name. */
  readonly origin: string | undefined;
  /** The same of the one who did not do its part, where that is not the origin. */
  readonly element: string | undefined;
  /** What the explanation must say, where that is the case: which element has to act, a value. */
  readonly says: string | undefined;
  /** What one of the steps must say, for the same reasons. */
  readonly advises: string | undefined;
  /** A cause that fits too, and that the finding must name. */
  readonly or: string | undefined;
  readonly credentials: readonly { readonly username: string; readonly realm: string; readonly password: string }[];
}

export type Expected =
  | { readonly kind: "fires"; readonly cause: string | undefined; readonly verdict: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "cut"; readonly cause?: undefined; readonly verdict: string };

/** Times in a fixture are seconds after this. */
export const FIXTURE_START_MICROS = 1_800_000_000_000_000;

/**
 * Reads the cases of one fixture. Each `##` heading is a case: `fires: <cause>, <verdict>` (without a cause: `fires: <verdict>`; in
 * brackets behind it, what is special), `near miss: …`, `cut: …, indeterminate` or `cut: …, nothing`. What the rule gets is in
 * fences of `sip`; lines outside: `observed until <seconds>`, `alone`, `origin <address:port>`, `element <address:port>`, `says <part of why>`, `advises <part of a step>`, `or <cause>`, `credentials <user>, <realm>, <password>`.
 */
export function readRuleFixture(text: string): RuleCase[] {
  return text.split(/^## /mu).slice(1).map(readCase);
}

function readCase(section: string): RuleCase {
  const [heading, ...lines] = section.split("\n");
  const { inside, outside } = fences(lines);
  const { packets, events } = readTraffic(inside);
  const last = packets.reduce((latest, { timeMicros }) => Math.max(latest, timeMicros), 0);
  const said = (pattern: RegExp): RegExpExecArray[] =>
    outside.map((line) => pattern.exec(line)).filter((m) => m !== null);
  const until = said(/^observed until ([\d.]+)$/u)[0];
  return {
    heading,
    expected: expectedOf(heading),
    packets,
    events,
    observedUntilMicros: until === undefined ? last : micros(until[1]),
    alone: outside.includes("alone"),
    origin: said(/^origin (\S+)$/u)[0]?.[1],
    element: said(/^element (\S+)$/u)[0]?.[1],
    says: said(/^says (.+)$/u)[0]?.[1],
    advises: said(/^advises (.+)$/u)[0]?.[1],
    or: said(/^or (\S+)$/u)[0]?.[1],
    credentials: said(/^credentials ([^,]+), ([^,]+), (.+)$/u).map(([, username, realm, password]) => ({
      username,
      realm,
      password,
    })),
  };
}

function expectedOf(heading: string): Expected {
  const fires = /^fires: (?:([a-z0-9-]+), )?(certain|likely|indeterminate)(?: \(.*\))?$/u.exec(heading);
  if (fires !== null) return { kind: "fires", cause: fires[1], verdict: fires[2] };
  const cut = /^cut: .*?(indeterminate|nothing|likely)$/u.exec(heading);
  if (cut !== null) return cut[1] === "nothing" ? { kind: "nothing" } : { kind: "cut", verdict: cut[1] };
  if (heading.startsWith("near miss")) return { kind: "nothing" };
  throw new Error(`A fixture cannot say: ## ${heading}`);
}

function fences(lines: readonly string[]): { inside: string[]; outside: string[] } {
  const inside: string[] = [];
  const outside: string[] = [];
  let open = false;
  for (const line of lines) {
    if (line.startsWith("```")) open = !open;
    else (open ? inside : outside).push(line);
  }
  return { inside, outside };
}

const MESSAGE = /^(\S+) > (\S+) at ([\d.]+)(?: over (udp|tcp|tls|ws|wss|sctp))?( bare| first fragment)?$/u;
const REPEAT = /^repeat at ([\d., ]+)$/u;
/** The same packet once more, as a second tap sees it: a repetition is a packet of its own. */
const SEEN_AGAIN = /^seen again at ([\d.]+)$/u;
const ICMP = /^icmp (\S+) from (\S+) about (\S+) > (\S+) at ([\d.]+)(?: opening (tcp|sctp))?$/u;
/** What was seen of the handshake follows, each once: `for <name>`, `offering TLS 1.0`, `chosen TLS 1.2`, … */
const TLS = /^tls (?:alert (\w+)|(closed|foreign)) by (client|server) (\S+) > (\S+) at ([\d.]+)(.*)$/u;
const SHOWN = / shown (\S+)(?: issued by (itself|CA|CA at \S+))? valid (\S+) to (\S+)/u;
const RESET = /^(reset|abort) from (\S+) to (\S+) at ([\d.]+)( refused)?$/u;

const CLOSED = /^(closed|shutdown|tls alert) from (\S+) to (\S+) at ([\d.]+)$/u;
const ENDINGS: Readonly<Record<string, ConnectionClosed["by"]>> = {
  closed: "fin",
  shutdown: "sctp-shutdown",
  "tls alert": "tls-alert",
};
const OPENED = /^opened from (\S+) to (\S+) at ([\d.]+)$/u;
const SYN_AGAIN = /^(syn|init) again from (\S+) to (\S+) at ([\d.]+)$/u;

/** What the client sent first at the first time comes again until the last. */
const SENT_AGAIN = /^(tcp|sctp) again from (\S+) to (\S+) at ([\d., ]+?)(?: with (\d+) bytes)?$/u;

/** One stream, of 50 packets a second: `rtp from …`, `rtp 96 from …` of that payload type, or `udptl from …`. */
const RTP = /^(rtp|udptl)(?: ([\d,]+))? from (\S+) to (\S+) at ([\d.]+) until ([\d.]+)$/u;

/** `checks abcd:efgh from … to … at 2 until 20: 40 sent, 3 answered until 5`, or `5 errors 401`. */
const CHECKS =
  /^checks (\S+) from (\S+) to (\S+) at ([\d.]+) until ([\d.]+): (\d+) sent(?:, (\d+) answered until ([\d.]+))?(?:, (\d+) errors (\d+))?$/u;
/** `dtls from … to … at 3 until 10: 5 hellos, answered`; `3 repeated`, `complete` and `alert bad_certificate by client`, or `sealed alert by client`, may follow. */
const DTLS =
  /^dtls from (\S+) to (\S+) at ([\d.]+) until ([\d.]+): (\d+) hellos(, answered)?(?:, (\d+) repeated)?(, complete)?(?:, (?:alert (\w+)|sealed alert) by (client|server))?$/u;

const FOREIGN = /^no sip from (\S+) to (\S+) at ([\d.]+): (.+)$/u;
const MISFRAMED = /^content-length (\d+) from (\S+) to (\S+) at ([\d.]+) does not fit$/u;
const FULL = /^zero window from (\S+) to (\S+) at ([\d.]+) to ([\d.]+)$/u;
const WEB_SOCKET = /^websocket refused by (\S+) to (\S+) at ([\d.]+) for (\S+) with (.+)$/u;

interface Raw {
  readonly match: RegExpExecArray;
  readonly lines: string[];
}

/** Messages begin with `<source> > <destination> at <seconds>`; `over tcp`, and `bare` or `first fragment`, may follow. */
function readTraffic(lines: readonly string[]): { packets: Packet[]; events: NetworkEvent[] } {
  const sent: Sent[] = [];
  const packets: Packet[] = [];
  const events: NetworkEvent[] = [];
  let raw: Raw | undefined;
  let isFragment = false;
  const finish = (): void => {
    if (raw === undefined) return;
    const { match, lines: own } = raw;
    const [source, destination] = [match[1], match[2]];
    const transport = (match[4] ?? "udp") as Transport;
    const text = withoutTrailingSpace(own);
    const message = filledMessage({ source, destination, transport, text, bare: match[5] === " bare" }, sent);
    isFragment = match[5] === " first fragment";
    sent.push(message);
    packets.push(packetOf(message, micros(match[3]), packets.length, isFragment));
    raw = undefined;
  };
  for (const line of lines) {
    const message = MESSAGE.exec(line);
    const repeat = REPEAT.exec(line);
    const seenAgain = SEEN_AGAIN.exec(line);
    const event = readEvent(line, sent);
    if (message === null && repeat === null && seenAgain === null && event === undefined) {
      raw?.lines.push(line);
      continue;
    }
    finish();
    if (message !== null) raw = { match: message, lines: [] };
    if (event !== undefined) events.push(event);
    if (seenAgain !== null) packets.push({ ...packets[packets.length - 1], timeMicros: micros(seenAgain[1]) });
    const again = sent[sent.length - 1];
    for (const at of repeat?.[1].split(",") ?? [])
      packets.push(packetOf(again, micros(at.trim()), packets.length, isFragment));
  }
  finish();
  packets.sort((a, b) => a.timeMicros - b.timeMicros);
  return { packets: packets.map((packet, index) => ({ ...packet, frame: index + 1 })), events };
}

function readEvent(line: string, sent: readonly Sent[]): NetworkEvent | undefined {
  const icmp = ICMP.exec(line);
  if (icmp !== null) {
    const [, reason, reporter, source, destination, at, opens] = icmp;
    return {
      kind: "icmp-unreachable",
      ...where(at),
      reason: reason as IcmpUnreachable["reason"],
      reporter,
      source: endpoint(source),
      destination: endpoint(destination),
      opens: opens as IcmpUnreachable["opens"],
    };
  }
  const tls = TLS.exec(line);
  if (tls !== null) return readTlsFailure(tls);
  const closed = CLOSED.exec(line);
  if (closed !== null) {
    const [source, destination] = [endpoint(closed[2]), endpoint(closed[3])];
    const saidNothing = !sent.some((message) => message.source === closed[2] && message.destination === closed[3]);
    const by = ENDINGS[closed[1]];
    return { kind: "connection-closed", ...where(closed[4]), by, saidNothing, source, destination };
  }
  const syn = SYN_AGAIN.exec(line);
  if (syn !== null) {
    const transport = syn[1] === "init" ? "sctp" : "tcp";
    const sides = { source: endpoint(syn[2]), destination: endpoint(syn[3]) };
    return { kind: "connection-unanswered", transport, ...where(syn[4]), ...sides };
  }
  const opened = OPENED.exec(line);
  if (opened !== null) {
    const sides = { source: endpoint(opened[1]), destination: endpoint(opened[2]) };
    return { kind: "connection-opened", ...where(opened[3]), ...sides };
  }
  const rtp = RTP.exec(line);
  if (rtp !== null) {
    const [, protocol, types = "0", source, destination, first, last] = rtp;
    const firstMicros = micros(first);
    const packets = Math.round((micros(last) - firstMicros) / 20_000) + 1;
    const sides = { source: endpoint(source), destination: endpoint(destination) };
    return {
      kind: "rtp-stream",
      protocol: protocol === "rtp" ? "RTP" : "UDPTL",
      ...where(last),
      firstMicros,
      packets,
      ssrc: packets,
      payloadTypes: protocol === "rtp" ? types.split(",").map(Number) : [],
      ...sides,
    };
  }
  const checks = CHECKS.exec(line);
  if (checks !== null) return readChecks(checks);
  const dtls = DTLS.exec(line);
  if (dtls !== null) {
    const [, source, destination, first, last, hellos, answered, repeated = "0", complete, alert = "", ender] = dtls;
    return {
      kind: "dtls-handshake",
      ...where(last),
      firstMicros: micros(first),
      hellos: Number(hellos),
      isAnswered: answered !== undefined,
      repeatedHellos: Number(repeated),
      isComplete: complete !== undefined,
      alert,
      isSealed: alert === "" && ender !== undefined,
      isAlertOfServer: ender === "server",
      source: endpoint(source),
      destination: endpoint(destination),
    };
  }
  const refusedWebSocket = WEB_SOCKET.exec(line);
  if (refusedWebSocket !== null) {
    const [, source, destination, at, path, answer] = refusedWebSocket;
    const sides = { source: endpoint(source), destination: endpoint(destination) };
    return { kind: "websocket-refused", ...where(at), answer, path, ...sides };
  }
  const foreign = FOREIGN.exec(line);
  if (foreign !== null) {
    const sides = { source: endpoint(foreign[1]), destination: endpoint(foreign[2]) };
    return { kind: "foreign-answer", ...where(foreign[3]), answer: foreign[4], ...sides };
  }
  const misframed = MISFRAMED.exec(line);
  if (misframed !== null) {
    const sides = { source: endpoint(misframed[2]), destination: endpoint(misframed[3]) };
    return { kind: "connection-misframed", ...where(misframed[4]), announced: Number(misframed[1]), ...sides };
  }
  const full = FULL.exec(line);
  if (full !== null) {
    const [sides, last] = [{ source: endpoint(full[1]), destination: endpoint(full[2]) }, where(full[4])];
    return { kind: "connection-stalled", ...last, afterMicros: last.timeMicros - micros(full[3]), ...sides };
  }
  const again = SENT_AGAIN.exec(line);
  if (again !== null) {
    const [source, destination] = [endpoint(again[2]), endpoint(again[3])];
    const times = again[4].split(",").map((at) => at.trim());
    const last = where(times[times.length - 1]);
    const afterMicros = last.timeMicros - micros(times[0]);
    return {
      kind: "connection-unacknowledged",
      transport: again[1] as ConnectionTransport,
      ...last,
      afterMicros,
      times: times.length - 1,
      bytes: Number(again[5] ?? 500),
      source,
      destination,
    };
  }
  const reset = RESET.exec(line);
  if (reset === null) return undefined;
  const [, how, source, destination, at, refused] = reset;
  return {
    kind: "connection-reset",
    transport: how === "abort" ? "sctp" : "tcp",
    ...where(at),
    refused: refused !== undefined,
    source: endpoint(source),
    destination: endpoint(destination),
  };
}

function readChecks(match: RegExpExecArray): NetworkEvent {
  const [, username, source, destination, first, last, sent, answered = "0", until, errors = "0", code = "0"] = match;
  const [firstMicros, successes] = [micros(first), Number(answered)];
  return {
    kind: "connectivity-checks",
    ...where(last),
    firstMicros,
    username,
    checks: Number(sent),
    successes,
    firstSuccessMicros: successes === 0 ? Number.NaN : firstMicros,
    lastSuccessMicros: successes === 0 ? Number.NaN : micros(until),
    unanswered: Number(sent) - successes,
    errorCode: Number(code),
    errors: Number(errors),
    source: endpoint(source),
    destination: endpoint(destination),
  };
}

function readTlsFailure(match: RegExpExecArray): NetworkEvent {
  const [, alert = "", how = "alert", ender, from, to, at, seen] = match;
  const [client, server] = [endpoint(from), endpoint(to)];
  const [source, destination] = ender === "client" ? [client, server] : [server, client];
  const said = (pattern: RegExp): string => pattern.exec(seen)?.[1] ?? "";
  const clientCertificate = said(/ client certificate (none|shown)/u);
  const failure: TlsFailure = {
    kind: `tls-${how}` as TlsFailure["kind"],
    ...where(at),
    alert,
    serverName: said(/ for (\S+)/u),
    source,
    destination,
    client,
    server,
    offeredVersion: said(/ offering (TLS 1\.\d)/u),
    chosenVersion: said(/ chosen (TLS 1\.\d)/u),
    clientCertificate: clientCertificate === "" ? undefined : (clientCertificate as "none" | "shown"),
    isSealed: / sealed( |$)/u.test(seen),
    isUnheard: / unheard( |$)/u.test(seen),
    answer: how === "foreign" ? "HTTP/1.1 400 Bad Request" : "",
  };
  const shown = SHOWN.exec(seen);
  if (shown === null) return failure;
  const [, names, issuer = "CA", validFrom, validTo] = shown;
  const [notBeforeMicros, notAfterMicros] = [validFrom, validTo].map((day) => Date.parse(`${day}T00:00:00Z`) * 1000);
  const certificate = {
    commonName: "",
    names: names.split(","),
    subject: "CN=own",
    issuer: issuer === "itself" ? "CN=own" : "O=Example, CN=Issuing CA",
    issuerAddress: issuer.slice("CA at ".length),
    notBeforeMicros,
    notAfterMicros,
  };
  return { ...failure, certificates: { kind: "tls-certificates", ...where(at), chain: [certificate] } };
}

function where(at: string): { capture: number; frame: number; timeMicros: number } {
  return { capture: 0, frame: 999, timeMicros: micros(at) };
}

/** Of a fragment the session description is what gets lost. */
function packetOf(
  { source, destination, transport, text }: Sent,
  timeMicros: number,
  index: number,
  isFragment: boolean,
): Packet {
  const kept = isFragment ? text.slice(0, text.indexOf("\r\n\r\n") + 4) : text;
  const bytes = new TextEncoder().encode(kept);
  return {
    capture: 0,
    frame: index + 1,
    timeMicros,
    transport,
    source: endpoint(source),
    destination: endpoint(destination),
    bytes,
    start: 0,
    end: bytes.length,
    ipId: index + 1,
    fragments: isFragment ? 2 : 1,
    cut: isFragment,
  };
}

function endpoint(text: string): Packet["source"] {
  const colon = text.lastIndexOf(":");
  return endpointOf(text.slice(0, colon), Number(text.slice(colon + 1)));
}

function micros(seconds: string): number {
  return FIXTURE_START_MICROS + Math.round(Number(seconds) * 1e6);
}

function withoutTrailingSpace(lines: readonly string[]): string {
  return lines.join("\n").trimEnd();
}
