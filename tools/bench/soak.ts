// npm run bench:soak -- [--minutes NUMBER] [--rate CALLS_PER_SECOND]
// SIPp calls in a network of its own; `sipwhy live` and a tcpdump see the same bridge. Prints what each saw, and sipwhy's memory over time.
// Linux, root: it makes network namespaces.
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sleep, until } from "../../test/peers/actor.ts";
import { type Host, hosts, Network, sweepNetworks } from "../../test/peers/network.ts";
import { writeScenario } from "../../test/peers/sipp.ts";
import { countSip } from "./countSip.ts";
import { type LiveOutput, readLive } from "./readLive.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, rate: { type: "string", default: "50" } },
});

/** Where calls go and what becomes of them; `share` of all calls. */
interface Load {
  readonly outcome: string;
  readonly share: number;
  readonly callee: Host;
  readonly caller: string;
  /** Undefined: nobody is there. */
  readonly answers: string | undefined;
  readonly fill: Readonly<Record<string, string>>;
  readonly port: number;
}

const loads: readonly Load[] = [
  { outcome: "answered", share: 0.6, callee: "callee", caller: "call", answers: "answer", fill: {}, port: 5060 },
  refusedBy("edge", "busy", 0.16, "486", "Busy Here"),
  refusedBy("core", "failed", 0.12, "503", "Service Unavailable"),
  refusedBy("target", "failed", 0.08, "404", "Not Found"),
  { outcome: "unanswered", share: 0.04, callee: "callee", caller: "call", answers: undefined, fill: {}, port: 5099 },
];

function refusedBy(callee: Host, outcome: string, share: number, code: string, phrase: string): Load {
  return { outcome, share, callee, caller: "refused", answers: "refuse", fill: { code, phrase }, port: 5060 };
}

const command = fileURLToPath(new URL("../../packages/cli/bin/sipwhy.js", import.meta.url));
const seconds = Number(values.minutes) * 60;
const callsPerSecond = Number(values.rate);
const sampleSeconds = Math.max(5, seconds / 60);

sweepNetworks();
const network = new Network(1);
const folder = mkdtempSync(join(tmpdir(), "sipwhy-soak-"));
try {
  console.log(await soak());
} finally {
  network.dispose();
  rmSync(folder, { recursive: true });
}

async function soak(): Promise<string> {
  const saved = join(folder, "tcpdump.pcap");
  const tcpdump = network.start("hub", "tcpdump", ["-i", "bridge", "-n", "-s", "0", "-B", "32768", "-w", saved]);
  const tcpdumpSaid = textOf(tcpdump);
  const live = network.start("hub", process.execPath, [command, "live", "-i", "bridge", "--format", "json"]);
  const liveSaid = textOf(live);
  const seen = readLive(live);
  await until(() => seen.started && tcpdumpSaid().includes("listening"), "both listen");
  const memory = sampleMemory(live);
  const calls = await play();
  // Calls are judged some 40 s after they ended.
  await sleep(45_000);
  memory.stop();
  tcpdump.kill("SIGINT");
  live.kill("SIGINT");
  await until(() => live.exitCode !== null && tcpdump.exitCode !== null, "both have ended");
  return describe(calls, seen, memory.samples, { saved, tcpdumpSaid: tcpdumpSaid(), liveSaid: liveSaid() });
}

/** Gives the calls that were made, by outcome. */
async function play(): Promise<ReadonlyMap<string, number>> {
  const made = new Map<string, number>();
  for (const load of loads) {
    if (load.answers !== undefined) start(load.callee, load.answers, load, ["-p", String(load.port)]);
  }
  await sleep(2000);
  const callers = loads.map((load, index) => {
    const rate = Math.max(1, Math.round(callsPerSecond * load.share));
    const count = Math.round(rate * seconds);
    made.set(load.outcome, (made.get(load.outcome) ?? 0) + count);
    const rates = ["-r", String(rate), "-m", String(count), "-l", "20000", "-recv_timeout", "8000"];
    const peer = ["-p", String(5060 + index), "-s", `user${index}`, `10.9.0.${hosts[load.callee]}:${load.port}`];
    return new Promise((resolve) => start("caller", load.caller, load, [...rates, ...peer]).once("exit", resolve));
  });
  await Promise.all(callers);
  return made;
}

function start(host: Host, scenario: string, { fill, port }: Load, args: readonly string[]): ChildProcess {
  const file = writeScenario(join(folder, `${scenario}-${host}-${port}-${fill.code ?? ""}.xml`), scenario, fill);
  const own = ["-sf", file, "-i", `10.9.0.${hosts[host]}`, "-t", "u1", "-nostdin", "-skip_rlimit"];
  return network.start(host, "sipp", [...own, ...args], { stdio: "ignore", cwd: folder });
}

interface Sample {
  readonly minutes: number;
  readonly megabytes: number;
}

function sampleMemory({ pid }: ChildProcess): { readonly samples: readonly Sample[]; stop(): void } {
  const samples: Sample[] = [];
  const began = performance.now();
  const timer = setInterval(() => {
    const kilobytes = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    samples.push({ minutes: (performance.now() - began) / 60_000, megabytes: Number(kilobytes) / 1000 });
  }, sampleSeconds * 1000);
  return { samples, stop: () => clearInterval(timer) };
}

function textOf(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => (text = (text + String(chunk)).slice(-4000)));
  return () => text;
}

function describe(
  made: ReadonlyMap<string, number>,
  seen: LiveOutput,
  samples: readonly Sample[],
  { saved, tcpdumpSaid, liveSaid }: { saved: string; tcpdumpSaid: string; liveSaid: string },
): string {
  const counted = countSip(readFileSync(saved));
  const { totals, outcomes, drops } = seen.end();
  const lost = [...tcpdumpSaid.matchAll(/(\d+) packets? dropped by kernel/gu)].at(-1)?.[1];
  const rows = [
    ["calls", sum(made.values()), counted.callIds, totals.calls],
    ["SIP messages", "", counted.messages, totals.messages],
    ["packets lost by the kernel", "", lost, drops?.kernel],
    ...[...made].map(([outcome, count]) => [outcome, count, "", outcomes[outcome] ?? 0]),
  ];
  return [
    `${values.minutes} minutes, ${callsPerSecond} calls a second.`,
    "",
    "| | made by SIPp | tcpdump's file | sipwhy live |",
    "| --- | ---: | ---: | ---: |",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `Events: ${seen.events} calls told early, ${seen.finals} at their end.`,
    `Resident memory of sipwhy, MB, each ${Math.round(sampleSeconds)} s:`,
    samples.map(({ megabytes }) => Math.round(megabytes)).join(" "),
    liveSaid.trim(),
  ].join("\n");
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, each) => total + each, 0);
}
