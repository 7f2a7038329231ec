import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Analysis } from "../packages/core/src/diagnosis/analysis.ts";
import type { Report } from "../packages/core/src/diagnosis/report.ts";
import { FIXTURE_START_MICROS, readRuleFixture } from "../packages/core/src/diagnosis/ruleFixture.fixture.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { endpointOf } from "../packages/core/src/network/endpoint.ts";
import type { Packet } from "../packages/core/src/network/packet.ts";
import { pcapBytes, type Sent } from "./hostile/pcapBytes.ts";
import { withOtherHosts, withOtherNames, withOtherTokens } from "./invariance/renames.ts";
import { otherPacket } from "./invariance/transformed.ts";
import { root } from "./sources.ts";

/** What was seen of some calls, and for how long. */
interface Traffic {
  readonly packets: readonly Packet[];
  readonly untilMicros: number;
}

const traffics = readTraffics();
const place = fc.nat(traffics.length - 1);

test("two captures of unrelated calls, read together, tell what each tells alone", () => {
  fc.assert(
    fc.property(place, place, (i, j) => {
      const [first, second] = [traffics[i], elsewhere(traffics[j])];
      const alone = [...toldOf([capture(first)]), ...toldOf([capture(second)])];
      expect(toldOf([capture(first), capture(second)]).toSorted()).toEqual(alone.toSorted());
    }),
    { numRuns: Number(process.env.RUNS ?? 150) },
  );
});

test("it does not matter in which order the packets of unrelated calls come that were sent at the same time", () => {
  const swaps = fc.infiniteStream(fc.boolean());
  fc.assert(
    fc.property(place, place, swaps, (i, j, choices) => {
      const [first, second] = [traffics[i], elsewhere(traffics[j])];
      const untilMicros = Math.max(first.untilMicros, second.untilMicros);
      const mixed = interleaved(first.packets, second.packets, () => choices.next().value === true);
      const alone = [first, second].flatMap(({ packets }) => toldOf([capture({ packets, untilMicros })]));
      expect(toldOf([capture({ packets: mixed, untilMicros })]).toSorted()).toEqual(alone.toSorted());
    }),
    { numRuns: Number(process.env.RUNS ?? 150) },
  );
});

/** Each list keeps its order; packets that are a little apart may change places. */
function interleaved(first: readonly Packet[], second: readonly Packet[], isSwapped: () => boolean): readonly Packet[] {
  const merged: Packet[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const [a, b] = [first[i], second[j]];
    const apart = a === undefined ? 1e9 : b === undefined ? -1e9 : a.timeMicros - b.timeMicros;
    const takesFirst = Math.abs(apart) < SWAPPED_MICROS ? isSwapped() : apart < 0;
    merged.push(takesFirst ? first[i++] : second[j++]);
  }
  return merged;
}

const SWAPPED_MICROS = 1000;

/** Each call with its outcome and what was found about it, by everything but frame numbers and how long was waited for what never came. */
function toldOf(files: readonly Uint8Array[]): string[] {
  const analysis = new Analysis({ language, names: files.map((_, index) => `capture ${index}`) });
  for (const index of files.keys()) {
    analysis.push(index, files[index]);
    analysis.end(index);
  }
  const { calls }: Report = analysis.finish();
  return calls.map(({ callIds, kind, outcome, findings }) =>
    JSON.stringify([
      callIds,
      kind,
      outcome,
      findings.map(({ rule, cause, verdict, title, why, origin }) => [rule, cause, verdict, title, why, origin]),
    ]).replaceAll(/frame (?:\d+:)?\d+|(?:for|in) [\d.]+ s|[\d.]+ s (?:later|past)/g, "…"),
  );
}

/** The file begins and ends with a packet that is no SIP: all were begun at one time, and each was watched until its own. */
function capture({ packets, untilMicros }: Traffic): Uint8Array {
  const side = endpointOf("10.99.0.1", 9);
  const other = (timeMicros: number): Sent => ({
    timeMicros,
    transport: "udp",
    source: side,
    destination: side,
    bytes: NO_SIP,
  });
  return pcapBytes([other(FIXTURE_START_MICROS), ...packets, other(untilMicros)]);
}

const NO_SIP = Uint8Array.of(0x80);

/** The same between other hosts, with other names, users and Call-IDs. */
function elsewhere({ packets, untilMicros }: Traffic): Traffic {
  const rename = (text: string): string => withOtherTokens(withOtherNames(withOtherHosts(text)), "x");
  return { packets: packets.map((packet) => otherPacket(packet, { name: "elsewhere", rename })), untilMicros };
}

/** The cases of rules that go over UDP and IPv4 alone. */
function readTraffics(): Traffic[] {
  const rules = join(root, "packages/core/src/diagnosis/rules");
  const names = readdirSync(rules).filter((name) => name.endsWith(".fixture.md"));
  const cases = names.flatMap((name) => readRuleFixture(readFileSync(join(rules, name), "utf8")));
  return cases
    .filter(
      ({ packets, events }) =>
        events.length === 0 &&
        packets.every(({ transport, source, cut }) => transport === "udp" && source.address.includes(".") && !cut),
    )
    .map(({ packets, observedUntilMicros }) => ({ packets, untilMicros: observedUntilMicros }));
}
