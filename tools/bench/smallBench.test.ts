import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyze, textView } from "../../packages/core/src/index.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { makeCapture } from "./makeCapture.ts";

const SIZE_BYTES = 4e6;
const RUNS = 3;

test("a small capture is explained, and how long that took is told, never judged", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sipwhy-small-bench-"));
  const path = join(folder, "small.pcap");
  const { sipPackets } = makeCapture({ path, sizeBytes: SIZE_BYTES, seed: 1 });
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  const millis: number[] = [];
  let text = "";
  for (let run = 0; run < RUNS; run++) {
    const startMillis = performance.now();
    const report = await analyze([{ name: "small.pcap", bytes }], { language });
    text = textView(report, { language });
    millis.push(performance.now() - startMillis);
    expect(report.totals.messages).toBe(sipPackets);
  }
  expect(text).toContain("small.pcap");
  const fastest = Math.min(...millis);
  const perSecond = Math.round((sipPackets / fastest) * 1000);
  console.log(
    `${(bytes.length / 1e6).toFixed(1)} MB, ${sipPackets} messages: ${fastest.toFixed(0)} ms, ${perSecond} messages a second, all rules, one thread`,
  );
});
