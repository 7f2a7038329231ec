import { expect, test } from "vitest";
import type { Report } from "../packages/core/src/diagnosis/report.ts";
import { pcapOf, type SentMessage } from "../packages/core/src/export/index.ts";
import { analyze } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import type { Packet } from "../packages/core/src/network/packet.ts";
import { isPacket, readTraffic, type Traffic } from "./invariance/traffic.ts";

const strength = { certain: 2, likely: 1, indeterminate: 0 } as const;
const timed = Object.values(readTraffic())
  .flat()
  .map(({ seen, ...traffic }) => ({ ...traffic, packets: seen.filter(isPacket) }))
  .filter(({ packets }) => packets.length > 1 && packets.every(({ untimed }) => untimed !== true));

/** Readings that rest on what other calls have shown until then, and what is said where none has. */
const saidOtherwise: ReadonlySet<string> = new Set(["number-not-found not-in-routing 404"]);

/** The phones of a group are joined by when they are rung, and what one of them answers is true of it where no clock tells that. */
const joinedByTime = "a group that is called by its short number";

/** A capture of these packets that runs to the end, by a clock that is set at one of them. */
function captureOf(
  packets: readonly Packet[],
  { observedUntilMicros }: Pick<Traffic, "observedUntilMicros">,
  aheadSeconds = 0,
  from = 0,
): Uint8Array<ArrayBuffer> {
  const nobody = { address: "192.0.2.9", port: 9 };
  const sent: SentMessage[] = packets.map(({ bytes, start, end, ...packet }) => ({
    ...packet,
    bytes: bytes.subarray(start, end),
  }));
  const last = { timeMicros: observedUntilMicros, bytes: new Uint8Array(1), source: nobody, destination: nobody };
  const ahead = aheadSeconds * 1_000_000;
  return pcapOf(
    [...sent, { ...last, transport: "udp" as const }].map((each, index) => ({
      ...each,
      timeMicros: each.timeMicros + (index < from ? 0 : ahead),
    })),
  );
}

/** How surely each rule and cause is told. */
async function said(...captures: readonly Uint8Array<ArrayBuffer>[]): Promise<ReadonlyMap<string, number>> {
  const inputs = captures.map((bytes, index) => ({ name: `${index}.pcap`, bytes }));
  const { calls }: Report = await analyze(inputs, { language });
  const surest = new Map<string, number>();
  for (const { rule, cause = "", statusCode = "", verdict } of calls.flatMap(({ findings }) => findings)) {
    const key = `${rule} ${cause} ${statusCode}`;
    surest.set(key, Math.max(surest.get(key) ?? 0, strength[verdict]));
  }
  return surest;
}

/** What is more than indeterminate, and told more surely than by any of these. */
function tooSure(told: ReadonlyMap<string, number>, right: readonly ReadonlyMap<string, number>[]): string[] {
  return [...told]
    .filter(([key, sure]) => sure > Math.max(0, ...right.map((each) => each.get(key) ?? 0)) && !saidOtherwise.has(key))
    .map(([key]) => key);
}

function hostsOf({ source, destination }: Packet): string {
  return [source.host, destination.host].sort().join(" ");
}

test(
  "of a call of which two captures hold a part each, wrong clocks make nothing surer than right ones",
  { timeout: 120_000 },
  async () => {
    const wrong: string[] = [];
    for (const { name, packets, ...traffic } of timed) {
      const ways = [...new Set(packets.map(hostsOf))];
      if (ways.length < 2) continue;
      const [one, other] = [true, false].map((isThere) =>
        packets.filter((packet) => (hostsOf(packet) === ways[1]) === isThere),
      );
      const right = await Promise.all([packets, one, other].map((each) => said(captureOf(each, traffic))));
      for (const seconds of [-7, 0.9, 3600]) {
        const told = await said(captureOf(one, traffic), captureOf(other, traffic, seconds));
        wrong.push(...tooSure(told, right).map((key) => `${name}, ${seconds} s apart: ${key}`));
      }
    }
    expect(wrong).toEqual([]);
  },
);

test(
  "where the clock is set back behind the first message, or before the end, nothing is surer than it would be",
  { timeout: 120_000 },
  async () => {
    const wrong: string[] = [];
    for (const { name, packets, ...traffic } of timed) {
      // How long it goes on after the clock was set is not known, so it may end at once.
      const observedUntilMicros = Math.max(...packets.map(({ timeMicros }) => timeMicros));
      const right = [await said(captureOf(packets, traffic)), await said(captureOf(packets, { observedUntilMicros }))];
      for (const from of name.includes(joinedByTime) ? [packets.length] : [1, packets.length]) {
        const told = await said(captureOf(packets, traffic, -3600, from));
        wrong.push(...tooSure(told, right).map((key) => `${name}, set back at ${from}: ${key}`));
      }
    }
    expect(wrong).toEqual([]);
  },
);

test("a redirect may have been followed in another capture that shows the client, by a clock of which nothing is known", async () => {
  const named = (part: string): (typeof timed)[number] => timed.find(({ name }) => name.startsWith(part))!;
  const redirected = named("redirect-not-followed, fires: not-tried, likely");
  const told = async (other: (typeof timed)[number]): Promise<number | undefined> => {
    const both = await said(captureOf(redirected.packets, redirected), captureOf(other.packets, other, -30));
    return both.get("redirect-not-followed not-tried 302");
  };
  const elsewhere = named("registration-lapsed, fires: not-refreshed");
  const hosts = new Set(redirected.packets.flatMap(({ source, destination }) => [source.host, destination.host]));
  const renamed = elsewhere.packets.map((packet) => ({
    ...packet,
    source: { ...packet.source, address: "192.0.2.1" },
    destination: { ...packet.destination, address: "192.0.2.2" },
  }));
  expect(elsewhere.packets.some(({ source }) => hosts.has(source.host))).toBe(true);
  expect(await told(elsewhere)).toBe(strength.indeterminate);
  expect(await told({ ...elsewhere, packets: renamed })).toBe(strength.likely);
});
