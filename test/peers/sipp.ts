import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bound, watch, type Actor } from "./actor.ts";
import { hosts, type Host } from "./network.ts";

export interface SippOptions {
  /** Whom it calls: makes it a caller. */
  readonly user?: string;
  /** What fills the `{{blanks}}` of the scenario, beside the usual. */
  readonly fill?: Readonly<Record<string, string>>;
  readonly transport?: "udp" | "tcp";
  readonly ipv6?: boolean;
  readonly port?: number;
  /** Where a caller sends to; the edge proxy unless said. */
  readonly next?: Host;
  readonly host?: Host;
  /** False for a callee whose part may never come to its end. */
  readonly finishes?: boolean;
}

const usual: Readonly<Record<string, string>> = {
  hops: "70",
  from: "alice",
  username: "alice",
  password: "s3cret",
  headers: "",
  reason: "",
  before: "",
  talk: "300",
  ring: "200",
  notified: "200 OK",
  notifyCode: "200",
  frag: "200 OK",
  body: "Content-Length: 0\n",
  media: "m=audio [media_port] RTP/AVP 8 0\na=rtpmap:8 PCMA/8000\na=rtpmap:0 PCMU/8000",
  target: "sip:target@10.9.0.40",
  play: "",
};

/** A SIPp that plays `scenarios/<scenario>.xml` once. */
export function sipp(scenario: string, options: SippOptions = {}): Actor {
  const { user, transport = "udp", ipv6 = false, port = 5060, next = "edge", finishes = true } = options;
  const host = options.host ?? (user === undefined ? "callee" : "caller");
  const title = `sipp ${scenario} at ${host}`;
  return {
    title,
    leads: finishes,
    async start(network, folder) {
      const file = writeScenario(join(folder, `${scenario}-${host}-${port}.xml`), scenario, options.fill);
      const errors = join(folder, `${scenario}-${host}-${port}.errors`);
      const own = ["-sf", file, "-i", addressOf(host, ipv6), "-p", String(port)];
      const one = ["-m", "1", "-t", transport === "tcp" ? "t1" : "u1", "-nostdin", "-skip_rlimit"];
      const bounds = ["-recv_timeout", "45000", "-trace_err", "-error_file", errors];
      const peer = user === undefined ? [] : ["-s", user, `${bracketed(addressOf(next, ipv6))}:5060`];
      const child = network.start(host, "sipp", [...own, ...one, ...bounds, ...peer], { cwd: folder });
      const { ended } = watch(child, title);
      if (user === undefined) await bound(child, transport, port);
      return { ended: ended.then((failure) => failure && `${title} failed\n${readIfThere(errors) || failure}`) };
    },
  };
}

/** Writes the scenario with its blanks filled in; gives the file. */
export function writeScenario(file: string, scenario: string, fill: SippOptions["fill"]): string {
  writeFileSync(file, fillIn(scenario, { ...usual, ...fill }));
  return file;
}

/** A line that is nothing but blanks filled with nothing is left out: an empty line would end the header. */
function fillIn(scenario: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(import.meta.dirname, "scenarios", `${scenario}.xml`), "utf8");
  return text
    .split("\n")
    .map((line) => (line.includes("{{") ? fillLine(line, values) : line))
    .filter((line) => line !== undefined)
    .join("\n");
}

function fillLine(line: string, values: Readonly<Record<string, string>>): string | undefined {
  const filled = line.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the scenario asks for ${name}`);
    return value;
  });
  return filled === "" ? undefined : filled;
}

function addressOf(host: Host, ipv6: boolean): string {
  return ipv6 ? `fd00:9::${hosts[host]}` : `10.9.0.${hosts[host]}`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
