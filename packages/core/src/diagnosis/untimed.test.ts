import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import type { Packet } from "../network/packet.ts";
import { Analysis } from "./analysis.ts";
import { readRuleFixture } from "./ruleFixture.fixture.ts";

const folder = new URL("rules/", import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".fixture.md"))
  .flatMap((name) => readRuleFixture(readFileSync(new URL(name, folder), "utf8")))
  .filter(({ events }) => events.length === 0);

test("a log without times makes nothing certain that is not certain with them", () => {
  const news = cases.flatMap(({ heading, packets, observedUntilMicros }) => {
    const timed = certainOf(packets, observedUntilMicros);
    return certainOf(packets.map(withoutTime)).flatMap((found) =>
      timed.includes(found) ? [] : [`${heading}: ${found}`],
    );
  });
  expect(news).toEqual([]);
});

test("how long something took is told as unknown where messages have no time", () => {
  const told = cases.flatMap(({ packets }) =>
    reportOf(packets.map(withoutTime)).calls.flatMap(({ findings }) => findings),
  );
  const sentences = JSON.stringify(told);
  expect(told.filter(({ values }) => values.millis === "?").map(({ rule }) => rule)).toContain("callee-busy");
  expect(sentences).not.toContain("NaN");
  expect(sentences).toContain("How soon it answered is not known.");
  expect(sentences).not.toContain("at once (?");
});

test("a call whose messages have no times says so, and so does each of them", () => {
  const [{ packets }] = cases;
  const [timed] = reportOf(packets).calls;
  const [untimed] = reportOf(packets.map(withoutTime)).calls;
  expect([timed.untimed, timed.messages?.some((message) => message.untimed)]).toEqual([undefined, false]);
  expect([untimed.untimed, untimed.messages?.every((message) => message.untimed)]).toEqual([true, true]);
});

/** In the order of their times, with a time that only keeps it. */
function withoutTime(packet: Packet, index: number): Packet {
  return { ...packet, timeMicros: (index + 1) * 1000, untimed: true };
}

function certainOf(packets: readonly Packet[], untilMicros?: number): string[] {
  const { calls } = reportOf(packets, untilMicros);
  return calls.flatMap(({ callIds, findings }) =>
    findings
      .filter(({ verdict }) => verdict === "certain")
      .map(({ rule, cause }) => `${callIds[0]} ${rule} ${cause ?? ""}`),
  );
}

function reportOf(packets: readonly Packet[], untilMicros?: number) {
  const analysis = new Analysis({ language, names: ["log"], messages: true });
  for (const packet of packets) analysis.pushPacket(packet);
  if (untilMicros !== undefined) analysis.observe(untilMicros);
  return analysis.finish();
}
