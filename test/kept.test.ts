import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Analysis } from "../packages/core/src/diagnosis/analysis.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { CaptureBuilder, CLIENT, SERVER, sip } from "./growth/captureBuilder.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("of calls that are over and told nothing is kept", () => {
  let told = 0;
  const analysis = new Analysis({ language, names: ["live"], keepCalls: false, onCall: () => void told++ });
  let from = 0;
  const readTo = (to: number): number => {
    for (; from < to; from += 1000) analysis.push(0, requests(from, 1000));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const atFirst = readTo(10_000);
  const later = readTo(50_000);
  expect(told).toBeGreaterThan(45_000);
  expect((later - atFirst) / 40_000).toBeLessThan(50);
});

/** So many answered requests, a hundredth of a second apart, as a part of one capture. */
function requests(first: number, count: number): Uint8Array {
  const file = new CaptureBuilder();
  file.timeMicros += first * 10_000;
  for (let i = first; i < first + count; i++) {
    const options = { callId: `call-${i}`, branch: String(i), cseq: "1 OPTIONS" };
    file.udp(sip("OPTIONS", options));
    file.udp(sip("SIP/2.0 200 OK", { ...options, toTag: "2" }), { from: SERVER, to: CLIENT });
    file.timeMicros += 8000;
  }
  return first === 0 ? file.bytes : file.bytes.subarray(FILE_HEADER_BYTES);
}

const FILE_HEADER_BYTES = 24;
