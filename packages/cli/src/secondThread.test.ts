import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bytesOfFiles } from "./secondThread.ts";

const own = fileURLToPath(import.meta.url);

test("arguments count as files where there are files of these names", () => {
  const { size } = statSync(own);
  expect(bytesOfFiles([own, "--lang", "ja", own])).toBe(2 * size);
});

test("what is no file, and what no file can be called, counts nothing", () => {
  expect(bytesOfFiles(["-", "missing.pcap", `${own}/below`, "x".repeat(5000), "zero\0inside", ""])).toBe(0);
});
