import { expect, test } from "vitest";
import { language } from "@sipwhy/core/language/en";
import { Progress } from "./progress.ts";

function watch(isTTY: boolean): { written: string[]; progress: Progress; pass(millis: number): void } {
  const written: string[] = [];
  let now = 1000;
  const progress = new Progress(language, { isTTY, write: (text: string) => written.push(text) }, () => now);
  return { written, progress, pass: (millis) => void (now += millis) };
}

test("a short read shows nothing", () => {
  const { written, progress, pass } = watch(true);
  pass(400);
  progress.show(1e6, 2e6);
  progress.clear();
  expect(written).toEqual([]);
});

test("a long read shows how far it is, now and then, and clears its line", () => {
  const { written, progress, pass } = watch(true);
  pass(600);
  progress.show(50e6, 100e6);
  progress.show(51e6, 100e6);
  pass(200);
  progress.show(60e6, 0);
  progress.clear();
  expect(written).toEqual(["\rReading: 50 % (50 MB)\x1b[K", "\rReading: 60 MB\x1b[K", "\r\x1b[K"]);
});

test("nothing is shown where nobody watches", () => {
  const { written, progress, pass } = watch(false);
  pass(600);
  progress.show(1, 2);
  progress.clear();
  expect(written).toEqual([]);
});
