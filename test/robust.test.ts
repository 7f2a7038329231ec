import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { contradictions } from "../tools/score/contradictions.ts";
import { degrade } from "../tools/score/degrade.ts";
import { capturesFolder } from "./explain.ts";

/** Packets of one capture that are dropped, doubled, captured in half, swapped and cut after; `npm run score` takes every one. */
const mostPackets = 80;

const captures = readdirSync(capturesFolder).filter((file) => /\.pcap(ng)?$/.test(file));

describe("with packets lost, doubled, swapped, captured in part or cut off, nothing is certain that the whole capture contradicts", () => {
  test.each(captures)("in %s", async (name) => {
    const file = readFileSync(join(capturesFolder, name));
    const whole = await explainBytes(file);
    const wrong: string[] = [];
    let degradations = 0;
    for (const { kind, frame, bytes } of degrade(file, mostPackets)) {
      degradations++;
      const report = await explainBytes(bytes);
      const certain = contradictions(report, whole).filter(({ verdict }) => verdict === "certain");
      wrong.push(...certain.map(({ said }) => `frame ${frame} ${kind}: ${said}`));
    }
    expect(wrong).toEqual([]);
    expect(degradations).toBeGreaterThan(0);
  });
});

function explainBytes(bytes: Uint8Array): Promise<Report> {
  return analyze([{ name: "capture", bytes }], { language });
}
