import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { growingFile } from "./growingFile.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-growing-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads until `wanted` was read, with what happens to the file after each chunk. */
async function read(path: string, wanted: string, ...then: readonly (() => void)[]): Promise<string> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 5000);
  const steps = then.values();
  let text = "";
  for await (const chunk of growingFile(path, stop.signal)) {
    text += Buffer.from(chunk).toString("latin1");
    if (text.length >= wanted.length) stop.abort();
    steps.next().value?.();
  }
  clearTimeout(late);
  return text;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("what is appended is read", async () => {
  const path = file("appended", "one ");
  expect(await read(path, "one two", () => appendFileSync(path, "two"))).toBe("one two");
});

test("a log that is moved away is read to its end, then the one that takes its place", async () => {
  const path = file("moved", "one ");
  const turnOver = (): void => {
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, "two ");
    writeFileSync(path, "three");
  };
  expect(await read(path, "one two three", turnOver)).toBe("one two three");
});

test("a log that is emptied is read from its beginning", async () => {
  const path = file("emptied", "one, which is long ");
  const turnOver = (): void => {
    truncateSync(path);
    setTimeout(() => appendFileSync(path, "two"), 600);
  };
  expect(await read(path, "one, which is long two", turnOver)).toBe("one, which is long two");
});

test("a capture is not gone on with by another: its header would stand in the middle", async () => {
  const path = file("capture", "one\0");
  const turnOver = (): void => {
    renameSync(path, `${path}.1`);
    writeFileSync(path, "two");
    setTimeout(() => appendFileSync(`${path}.1`, "more"), 800);
  };
  expect(await read(path, "one\0more", turnOver)).toBe("one\0more");
});
