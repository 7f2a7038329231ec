import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readKeyLog } from "./readKeyLog.ts";

function fileOf(text: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "keylog-")), "file");
  writeFileSync(path, text);
  return path;
}

const line = `CLIENT_RANDOM ${"0a".repeat(32)} ${"F1".repeat(48)}`;

test("one line that a program wrote is enough, whatever stands around it", () => {
  const text = `\uFEFF# comment\r\nRSA 0102 03\r\nnoise \u0000\r\n${line}\r\nCLIENT_RAN`;
  expect(readKeyLog(fileOf(text))).toEqual({ kind: "read", text: text.slice(1) });
});

test.each([
  ["nothing", ""],
  ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n"],
  ["bytes", Uint8Array.from({ length: 300 }, (_, index) => index & 255)],
  ["a line that was cut", line.slice(0, 90)],
])("%s is no key log", (_name, content) => {
  expect(readKeyLog(fileOf(content))).toEqual({ kind: "malformed" });
});

test("a file that is not there is unreadable", () => {
  expect(readKeyLog("/does/not/exist")).toEqual({ kind: "unreadable", reason: "ENOENT" });
});
