import { expect, test } from "vitest";
import type { Report } from "./report.ts";
import { analyze } from "./analyze.ts";
import { observedThrough } from "./observedThrough.ts";
import { CaptureBuilder, sip } from "../../../../test/growth/captureBuilder.ts";
import { language } from "../language/languages/en.ts";

const span = (first: number, last: number): { firstMicros: number; lastMicros: number } => ({
  firstMicros: first * 1e6,
  lastMicros: last * 1e6,
});

test("a capture saw to its end, whatever ran beside it", () => {
  expect(observedThrough(span(0, 10), [span(0, 10), span(0, 100), span(5, 60)])).toBe(10e6);
});

test("files that follow one another saw to the end of the last", () => {
  const files = [span(21, 30), span(0, 10), span(10, 20)];
  expect(observedThrough(files[1], files)).toBe(30e6);
  expect(observedThrough(span(0, 10), [span(0, 10), span(25, 30)])).toBe(10e6);
});

test("a call is not unanswered because another capture ran on", async () => {
  const call = new CaptureBuilder();
  call.udp(sip("INVITE", { fields: "Contact: <sip:alice@10.0.0.1>\r\n" }));
  const other = new CaptureBuilder();
  for (let i = 0; i < 40; i++) {
    other.udp(sip("OPTIONS", { callId: `o${i}`, branch: `o${i}` }), { from: 0x0b000001, to: 0x0b000002 });
    other.timeMicros += 5_000_000;
  }
  const explain = (...files: readonly CaptureBuilder[]): Promise<Report> =>
    analyze(
      files.map(({ bytes }, index) => ({ name: String(index), bytes })),
      { language },
    );
  const [alone] = (await explain(call)).calls;
  const [beside] = (await explain(call, other)).calls;
  expect(alone.outcome).toEqual({ kind: "in-progress" });
  expect(beside).toEqual(alone);
});
