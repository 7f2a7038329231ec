import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFile } from "../../test/temporaryFile.ts";
import { GrowingKeyLog } from "./growingKeyLog.ts";

test("gives each line once, when it is whole", () => {
  const path = temporaryFile("one\ntw");
  const log = new GrowingKeyLog(path);
  expect([log.read(), log.read()]).toEqual(["one\n", ""]);
  appendFileSync(path, "o\nthree\n");
  expect(log.read()).toBe("two\nthree\n");
});

test("gives what came in many pieces", () => {
  const line = `${"x".repeat(100)}\n`;
  const log = new GrowingKeyLog(temporaryFile(line.repeat(10_000)));
  expect(log.read()).toBe(line.repeat(10_000));
});

test("begins anew with a file that was emptied, or that another has replaced", () => {
  const path = temporaryFile("one\ntwo\nhal");
  const log = new GrowingKeyLog(path);
  log.read();
  truncateSync(path);
  appendFileSync(path, "three\n");
  expect(log.read()).toBe("three\n");
  renameSync(path, `${path}.1`);
  expect(log.read()).toBe("");
  writeFileSync(path, "three\nfour\n");
  expect(log.read()).toBe("three\nfour\n");
  rmSync(`${path}.1`);
});

test("gives nothing of what is no file, and does not wait for it", () => {
  expect(new GrowingKeyLog("/dev/null").read()).toBe("");
  expect(new GrowingKeyLog("/does/not/exist").read()).toBe("");
});

test("does not remember a line without an end", () => {
  const path = temporaryFile("y".repeat(1_000_000));
  const log = new GrowingKeyLog(path);
  expect(log.read()).toBe("");
  appendFileSync(path, "\nnext\n");
  expect(log.read()).toBe(`${"y".repeat(1024)}\nnext\n`);
});
