import { expect, test } from "vitest";
import type { Frame } from "../capture/frame.ts";
import { AlignedMerger } from "./alignedMerger.ts";

const bytes = new Uint8Array(64 * 1024);

function frame(capture: number, number: number): Frame {
  return {
    capture,
    number,
    timeMicros: number * 1000,
    linkType: 1,
    bytes,
    start: 0,
    end: bytes.length,
    originalLength: bytes.length,
  };
}

test("what is looked at before the first frame is handed on is bounded, however long the captures are", () => {
  const read = [0, 0];
  let [handedOn, mostKept] = [0, 0];
  const onFrame = (): void => void handedOn++;
  const merger = new AlignedMerger({ names: ["a", "b"], onFrame, onIncident() {} });
  for (let wanted = merger.drain(); wanted !== undefined; wanted = merger.drain()) {
    if (read[wanted] >= 2000) merger.end(wanted);
    else merger.push(frame(wanted, ++read[wanted]));
    mostKept = Math.max(mostKept, read[0] + read[1] - handedOn);
  }
  expect(handedOn).toBe(4000);
  expect(mostKept * bytes.length).toBeLessThan(40 * 1024 * 1024);
});
