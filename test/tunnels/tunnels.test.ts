import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze, type Report } from "../../packages/core/src/index.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { capturesFolder } from "../explain.ts";
import { peer, type Run } from "../peers.ts";
import { beyondTshark, empties, type Encapsulation, encapsulations } from "./encapsulations.ts";
import { type PcapFrame, pcapOf, readPcap } from "./pcap.ts";

/** A plain call, messages in IP fragments, messages in TCP segments of all kinds, and IPv6. */
const sources = ["a-plain-200", "l-udp-fragmented-invite", "k-tcp-segments", "m-ipv6"];
const bare: readonly PcapFrame[] = sources
  .flatMap((name) => readPcap(join(capturesFolder, `${name}.pcap`)))
  .toSorted((a, b) => a.seconds - b.seconds || a.micros - b.micros);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sipwhy-tunnels-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the same messages are read from frames wrapped in", () => {
  test.each([...encapsulations, ...beyondTshark])("$name", async (encapsulation) => {
    const expected = ours(await explainFrames(bare));
    const wrapped = await explainFrames(wrap(encapsulation), encapsulation.linkType);
    expect(ours(wrapped, encapsulation)).toEqual(expected);
    expect(wrapped.captures[0].incidents).toEqual([]);
  });
});

const withTshark = peer("tshark");
for (const encapsulation of encapsulations) {
  withTshark(`tshark reads the same messages from frames wrapped in ${encapsulation.name}`, (run) => {
    const expected = theirs(run, write("bare", pcapOf(bare)));
    const wrapped = theirs(run, write("wrapped", pcapOf(wrap(encapsulation), encapsulation.linkType)), encapsulation);
    expect(expected.length).toBeGreaterThan(40);
    expect(wrapped).toEqual(expected);
  });
}

test("a packet seen before and in a tunnel is one packet seen twice, not one sent twice", async () => {
  const names = ["GRE with key over IPv4", "VXLAN", "ERSPAN II over IPv4", "MPLS on Ethernet", "VXLAN in fragments"];
  for (const encapsulation of encapsulations.filter(({ name }) => names.includes(name))) {
    const both = bare.flatMap((frame, index) => [frame, ...wrapFrame(encapsulation, frame, index)]);
    const report = await explainFrames(both);
    const expected = await explainFrames(bare);
    const messages = messagesOf(report);
    expect(messages.filter(({ retransmissionOf }) => retransmissionOf !== undefined)).toEqual([]);
    expect(messagesOf(expected)).toHaveLength(messages.length);
    expect(report.calls.map(({ outcome }) => outcome)).toEqual(expected.calls.map(({ outcome }) => outcome));
    expect(report.captures[0].incidents.map(({ kind }) => kind)).toEqual(["packets-duplicated"]);
  }
});

test("what belongs to a tunnel and holds no packet is passed over", async () => {
  const frames = empties.map((bytes) => ({ seconds: 1, micros: 0, bytes }));
  const { captures, totals } = await explainFrames(frames);
  expect(captures[0]).toMatchObject({ frames: empties.length, incidents: [] });
  expect(totals.messages).toBe(0);
});

function explainFrames(frames: readonly PcapFrame[], linkType?: number): Promise<Report> {
  return analyze([{ name: "capture", bytes: pcapOf(frames, linkType) }], { language, messages: true });
}

function wrap(encapsulation: Encapsulation): PcapFrame[] {
  return bare.flatMap((frame, index) => wrapFrame(encapsulation, frame, index));
}

function wrapFrame({ wrap: wrapBytes }: Encapsulation, frame: PcapFrame, index: number): PcapFrame[] {
  return wrapBytes(frame.bytes, index).map((bytes) => ({ ...frame, bytes }));
}

function messagesOf({ calls }: Report): NonNullable<Report["calls"][number]["messages"]> {
  return calls.flatMap((call) => call.messages ?? []);
}

/** `frame Call-ID label source destination`, the frame of those that are wrapped in several being that of the bare one. */
function ours(report: Report, encapsulation?: Encapsulation): string[] {
  return messagesOf(report)
    .map(
      ({ frame, callId, label, source, destination }) =>
        `${bareFrame(frame, encapsulation)} ${callId} ${label} ${source} ${destination}`,
    )
    .toSorted();
}

function theirs(run: Run, file: string, encapsulation?: Encapsulation): string[] {
  const fields = ["frame.number", "sip.Call-ID", "sip.Request-Line", "sip.Status-Line", "ip.src", "ipv6.src"];
  const args = [
    "-n",
    ...(encapsulation?.tshark ?? []),
    "-r",
    file,
    "-Y",
    "sip",
    "-T",
    "fields",
    "-E",
    "aggregator=|",
    ...fields.flatMap((f) => ["-e", f]),
  ];
  const rows = run(args).split("\n").filter(Boolean);
  return rows.map((row) => {
    const [frame, callId, request, status, ...addresses] = row.split("\t");
    const innermost = addresses.map((list) => list.split("|").at(-1)).find((address) => isInner(address));
    return [bareFrame(Number(frame), encapsulation), callId, request, status, innermost].join(" ");
  });
}

/** The addresses of the fixtures; those of the tunnels are others. */
function isInner(address: string | undefined): boolean {
  return address !== undefined && (address.startsWith("10.9.0.") || address.startsWith("fd00:9::"));
}

function bareFrame(frame: number, encapsulation: Encapsulation | undefined): number {
  if (encapsulation === undefined) return frame;
  let first = 1;
  for (const [index, { bytes }] of bare.entries()) {
    const next = first + encapsulation.wrap(bytes, index).length;
    if (frame < next) return index + 1;
    first = next;
  }
  throw new Error(`no frame ${frame}`);
}

function write(name: string, bytes: Buffer): string {
  const path = join(folder, `${name}.pcap`);
  writeFileSync(path, bytes);
  return path;
}
