import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCommand } from "../tools/buildCommand.mjs";
import { missingPeers } from "./peers.ts";
import { bound, sleep, until } from "./peers/actor.ts";
import { canMakeNetworks, Network, sweepNetworks } from "./peers/network.ts";
import { sipp } from "./peers/sipp.ts";
import { root } from "./sources.ts";

const command = join(root, "packages/cli/bin/sipwhy.js");
const fixture = (name: string): string => join(root, "fixtures/captures", name);
const folder = mkdtempSync(join(tmpdir(), "sipwhy-live-"));

beforeAll(() => {
  sweepNetworks();
  expect(buildCommand()).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  out(): string;
  errors(): string;
}

function watch(child: ChildProcess): Running {
  const texts = ["", ""];
  for (const [index, stream] of [child.stdout, child.stderr].entries())
    stream?.on("data", (chunk: Buffer) => void (texts[index] += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, out: () => texts[0], errors: () => texts[1] };
}

/** What is asked of tcpdump first. */
const version = '[ "$1" = --version ] && { echo "tcpdump version 4.99.3"; exit 0; }';

/** `sipwhy live` with programs of our own in place of tcpdump and dumpcap. */
function liveWith(programs: Readonly<Record<string, string>>, ...args: string[]): Running {
  const path = mkdtempSync(join(folder, "bin-"));
  for (const name of ["tcpdump", "dumpcap"]) {
    writeFileSync(join(path, name), `#!/bin/sh\n${version}\n${programs[name] ?? "echo broken >&2; exit 1"}\n`);
    chmodSync(join(path, name), 0o755);
  }
  const env = { PATH: `${path}:${process.env.PATH}`, USER: "alice" };
  return watch(spawn(process.execPath, [command, "live", ...args], { cwd: folder, env }));
}

/** Writes a capture and goes on until it is told to end. */
const capturing = (name: string): string =>
  `trap 'echo "3 packets captured" >&2; echo "2 packets dropped by kernel" >&2; kill $!; exit 0' INT\ncat ${fixture(name)}\nsleep 300 &\nwait`;

describe("sipwhy live", () => {
  test("tells a call while it goes on capturing, ends in order when told to, and says what was lost", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { child, ended, out, errors } = liveWith({ tcpdump: capturing("i-486.pcap") }, "--with", "tcpdump");
      await until(() => out().includes("486 Busy Here"), "the call is told");
      expect(out()).not.toContain("Findings");
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(out()).toContain("1 × ● 486 Busy Here");
      expect(errors()).toContain("tcpdump captured 3 packets; lost were 2 by the kernel");
    }
  });

  test("prints a JSON object a line", async () => {
    const { child, ended, out } = liveWith(
      { tcpdump: capturing("i-486.pcap") },
      "--with",
      "tcpdump",
      "--format",
      "json",
    );
    await until(() => out().includes('"event":"call"'), "the call is told");
    child.kill("SIGINT");
    await ended;
    const events = out()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event, final }) => [event, final])).toEqual([
      ["start", undefined],
      ["call", false],
      ["call", true],
      ["end", undefined],
    ]);
    expect(events[1]).toMatchObject({ news: ["callee-busy"], call: { outcome: { statusCode: 486 } } });
    expect(events[3]).toMatchObject({ totals: { calls: 1 }, outcomes: { busy: 1 }, drops: { kernel: 2 } });
  });

  test("says how to allow the program that may not capture, after trying the other", async () => {
    const denied = (name: string): string => `echo "${name}: You don't have permission to capture" >&2; exit 1`;
    const { ended, errors } = liveWith({ tcpdump: denied("tcpdump"), dumpcap: denied("dumpcap") }, "-i", "eth7");
    expect(await ended).toBe(2);
    // As root it is a container that forbids it; as anybody else the group or the capability is missing.
    expect(errors()).toMatch(/may not capture on eth7/u);
    expect(errors()).toMatch(/NET_RAW|setcap cap_net_raw/u);
    expect(errors()).toMatch(/says: (?:tcpdump|dumpcap): You don't have permission to capture/u);
  });

  test("goes on with the other program where the first may not capture", async () => {
    const denied = "echo 'Operation not permitted' >&2; exit 1";
    const first = process.getuid?.() === 0 ? "tcpdump" : "dumpcap";
    const second = first === "tcpdump" ? "dumpcap" : "tcpdump";
    const { child, ended, errors } = liveWith({ [first]: denied, [second]: capturing("i-486.pcap") });
    await until(() => errors().includes(`Listening on any with ${second}`), "the other one listens");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("hands on what the program says about a bad filter, made safe to show", async () => {
    const tcpdump = `printf 'tcpdump: can\\047t parse \\033[2J filter\\n' >&2; exit 1`;
    const { ended, errors } = liveWith({ tcpdump }, "--with", "tcpdump", "prot 5060");
    expect([await ended, errors()]).toEqual([
      2,
      "sipwhy: tcpdump could not begin on any.\n  tcpdump says: tcpdump: can't parse \\x1b[2J filter\n",
    ]);
  });

  test("says so and sums up when the program ends by itself, as when the interface goes away", async () => {
    const tcpdump = `cat ${fixture("i-486.pcap")}; echo 'tcpdump: pcap_loop: The interface disappeared' >&2; exit 1`;
    const { ended, out, errors } = liveWith({ tcpdump }, "--with", "tcpdump");
    expect(await ended).toBe(2);
    expect(out()).toContain("1 × ● 486 Busy Here");
    expect(errors()).toContain("tcpdump ended by itself (1)");
    expect(errors()).toContain("tcpdump says: tcpdump: pcap_loop: The interface disappeared");
  });

  test("ends a program that does not want to", async () => {
    const tcpdump = `trap '' INT\ncat ${fixture("i-486.pcap")}\nwhile :; do sleep 1; done`;
    const { child, ended, out } = liveWith({ tcpdump }, "--with", "tcpdump");
    await until(() => out().includes("486 Busy Here"), "the call is told");
    child.kill("SIGINT");
    await sleep(500);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("saves what it saw, byte for byte", async () => {
    const { child, ended, out } = liveWith(
      { tcpdump: capturing("i-486.pcap") },
      "--with",
      "tcpdump",
      "--write",
      "saved.pcap",
    );
    await until(() => out().includes("486 Busy Here"), "the call is told");
    child.kill("SIGINT");
    await ended;
    expect(readFileSync(join(folder, "saved.pcap"))).toEqual(readFileSync(fixture("i-486.pcap")));
  });
});

describe("sipwhy --follow", () => {
  const follow = (...args: string[]): Running =>
    watch(spawn(process.execPath, [command, "--follow", ...args], { cwd: folder, env: { PATH: process.env.PATH } }));

  test("tells a call of standard input before it ends, and sums up at its end", async () => {
    const { child, ended, out } = follow("-");
    child.stdin!.write(readFileSync(fixture("i-486.pcap")));
    await until(() => out().includes("486 Busy Here"), "the call is told");
    expect(out()).not.toContain("Findings");
    child.stdin!.end();
    expect(await ended).toBe(0);
    expect(out()).toContain("1 × ● 486 Busy Here");
  });

  test("tells a call of a log that grows, until Ctrl-C", async () => {
    const log = join(folder, "grows.log");
    const text = readFileSync(fixture("a-plain-200.sipp-uac.log"));
    writeFileSync(log, text.subarray(0, 400));
    const { child, ended, out, errors } = follow(log);
    await until(() => errors().includes("Following"), "it follows");
    writeFileSync(log, text.subarray(400), { flag: "a" });
    await until(() => out().includes("answered"), "the call is told");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});

const hindrance =
  missingPeers(["ip", "tcpdump", "dumpcap", "sipp", "tshark", "openssl"]) ??
  (canMakeNetworks() ? undefined : "needs root: it makes network namespaces");

describe.skipIf(hindrance !== undefined && !process.env.CI)(
  `between real programs (${hindrance ?? "all are there"})`,
  () => {
    test.for(["tcpdump", "dumpcap"])(
      "%s hands on every message that SIPp sends, and the call is told",
      async (program) => {
        if (hindrance !== undefined) throw new Error(hindrance);
        const network = new Network(900 + program.length);
        const own = mkdtempSync(join(folder, "sipp-"));
        try {
          const args = [
            "live",
            "-i",
            "bridge",
            "--with",
            program,
            "--format",
            "json",
            "--write",
            join(own, "seen.pcap"),
          ];
          const live = watch(network.start("hub", process.execPath, [command, ...args, "udp", "port", "5060"]));
          await until(() => live.out().includes('"start"'), "it listens");
          await sipp("answer").start(network, own);
          await (
            await sipp("call", { user: "bob", next: "callee" }).start(network, own)
          ).ended;
          await until(() => live.out().includes('"event":"call"'), "the call is told");
          live.child.kill("SIGINT");
          expect(await live.ended).toBe(0);
          const events = live
            .out()
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line));
          const end = events.at(-1);
          const counted = execFileSync("tshark", ["-n", "-r", join(own, "seen.pcap"), "-Y", "sip"], {
            encoding: "utf8",
          });
          expect(end).toMatchObject({ event: "end", outcomes: { answered: 1 }, drops: { kernel: 0 } });
          expect(end.totals.messages).toBe(counted.trimEnd().split("\n").length);
          expect(readdirSync(own)).toContain("seen.pcap");
        } finally {
          network.dispose();
        }
      },
    );

    test.each([
      ["meanwhile", 0],
      ["seconds later", 5],
    ])("with the key log that OpenSSL writes %s, what it carries over TLS is read", async (_when, lateSeconds) => {
      if (hindrance !== undefined) throw new Error(hindrance);
      const network = new Network(950);
      const own = mkdtempSync(join(folder, "tls-"));
      const [keys, written] = [join(own, "keys"), join(own, lateSeconds > 0 ? "buffer" : "keys")];
      writeFileSync(keys, "");
      try {
        const args = ["live", "-i", "bridge", "--with", "tcpdump", "--format", "json", "--keylog", keys];
        const live = watch(network.start("hub", process.execPath, [command, ...args]));
        await until(() => live.out().includes('"start"'), "it listens");
        await talkOverTls(network, own, written);
        await sleep(lateSeconds * 1000);
        if (lateSeconds > 0) copyFileSync(written, keys);
        await until(() => live.out().includes('"event":"call"'), "the request is told");
        live.child.kill("SIGINT");
        expect(await live.ended).toBe(0);
        const events = live.out().trimEnd().split("\n");
        const [told, end] = [events[1], events.at(-1)!].map((line) => JSON.parse(line));
        expect(told).toMatchObject({ event: "call", call: { kind: "options", outcome: { statusCode: 200 } } });
        expect(end).toMatchObject({ event: "end", totals: { messages: 2 } });
      } finally {
        network.dispose();
      }
    });
  },
);

/** An OPTIONS and its 200 between `s_client` and `s_server`, which write what comes in on standard input. */
async function talkOverTls(network: Network, own: string, keys: string): Promise<void> {
  const [key, certificate] = [join(own, "key.pem"), join(own, "cert.pem")];
  const subject = ["-subj", "/CN=sip.example.test", "-keyout", key, "-out", certificate];
  execFileSync("openssl", "req -x509 -newkey rsa:2048 -nodes -days 2".split(" ").concat(subject), { stdio: "ignore" });
  const piped = { stdio: "pipe" } as const;
  const accept = ["s_server", "-accept", "5061", "-key", key, "-cert", certificate, "-quiet"];
  const server = watch(network.start("callee", "openssl", accept, piped));
  const connectTo = ["s_client", "-connect", "10.9.0.30:5061", "-quiet", "-keylogfile", keys];
  await bound(server.child, "tcp", 5061);
  const client = watch(network.start("caller", "openssl", connectTo, piped));
  client.child.stdin!.write(overTls("OPTIONS sip:10.9.0.30 SIP/2.0"));
  await until(() => server.out().includes("OPTIONS"), "the request arrives");
  server.child.stdin!.write(overTls("SIP/2.0 200 OK"));
  await until(() => client.out().includes("200 OK"), "the response arrives");
}

function overTls(startLine: string): string {
  return [
    startLine,
    "Via: SIP/2.0/TLS 10.9.0.10:5061;branch=z9hG4bKlive",
    "From: <sip:alice@example.test>;tag=a",
    `To: <sip:10.9.0.30>${startLine.startsWith("SIP") ? ";tag=b" : ""}`,
    "Call-ID: live-over-tls",
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
}
