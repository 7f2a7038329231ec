import { describe, expect, test } from "vitest";
import type { EvidenceReport } from "../diagnosis/report.ts";
import { toldEvidence } from "./toldEvidence.ts";

describe("what is told of the evidence", () => {
  test("a request that was sent again and again is its first and its last time, and how often", () => {
    const told = toldEvidence(lines("INVITE", "INVITE", "INVITE", "INVITE", "ICMP"));
    expect(told.map(({ frame, times }) => [frame, times])).toEqual([
      [1, undefined],
      [4, 4],
      [5, undefined],
    ]);
  });

  test("three times is each of them", () => {
    expect(toldEvidence(lines("INVITE", "INVITE", "INVITE"))).toEqual(lines("INVITE", "INVITE", "INVITE"));
  });

  test("what has another line in between is not the same", () => {
    const several = lines("INVITE", "INVITE", "ACK", "INVITE", "INVITE");
    expect(toldEvidence(several)).toEqual(several);
  });

  test("nothing is nothing", () => {
    expect(toldEvidence([])).toEqual([]);
  });
});

function lines(...quotes: readonly string[]): EvidenceReport[] {
  return quotes.map((quote, index) => ({ capture: 0, frame: index + 1, time: "", quote }));
}
