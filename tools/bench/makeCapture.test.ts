import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { peer } from "../../test/peers.ts";
import { makeCapture } from "./makeCapture.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "big.pcap");

test("the same seed gives the same bytes, another seed gives others", () => {
  const digest = (seed: number): string => {
    makeCapture({ path, sizeBytes: 1e6, seed });
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  };
  const first = digest(1);
  expect(digest(1)).toBe(first);
  expect(digest(2)).not.toBe(first);
});

test("the file has the size that was asked for, give or take one call", () => {
  const counts = makeCapture({ path, sizeBytes: 2e6, seed: 1 });
  expect(counts.bytes).toBe(readFileSync(path).length);
  expect(Math.abs(counts.bytes - 2e6)).toBeLessThan(50_000);
});

test("calls overlap in time and packets are in order of time", () => {
  makeCapture({ path, sizeBytes: 1e6, seed: 1 });
  const callIds = readMessages().map(({ text }) => /^Call-ID: ?(\S+)/m.exec(text)?.[1]);
  const changes = callIds.filter((callId, index) => index > 0 && callId !== callIds[index - 1]).length;
  expect(changes).toBeGreaterThan(new Set(callIds).size);
  const times = readMessages().map(({ timeMicros }) => timeMicros);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("every replayed call has Call-ID, branches and tags that no other call has", () => {
  const counts = makeCapture({ path, sizeBytes: 2e6, seed: 1 });
  const callOfToken = new Map<string, string>();
  for (const { text } of readMessages()) {
    const callId = /^Call-ID: ?(\S+)/m.exec(text)?.[1];
    if (callId === undefined) continue;
    for (const [token] of text.matchAll(/(branch|;tag)=[\w.-]+/g)) {
      expect(callOfToken.get(token) ?? callId, token).toBe(callId);
      callOfToken.set(token, callId);
    }
  }
  expect(new Set(callOfToken.values()).size).toBe(counts.calls);
});

peer("tshark")("tshark finds the packets intact and as many Call-IDs as calls were replayed", (run) => {
  const counts = makeCapture({ path, sizeBytes: 1e6, seed: 3 });
  const checks = ["-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];
  const frames = run([
    "-r",
    path,
    ...checks,
    "-T",
    "fields",
    "-e",
    "udp.port",
    "-e",
    "sip.Call-ID",
    "-e",
    "_ws.expert.message",
  ]);
  const rows = frames
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(rows).toHaveLength(counts.packets);
  expect(rows.filter(([ports]) => ports === "5060,5060")).toHaveLength(counts.sipPackets);
  expect(new Set(rows.map(([, callId]) => callId).filter(Boolean)).size).toBe(counts.calls);
  expect(rows.filter(([, , expert]) => expert?.includes("checksum"))).toEqual([]);
});

function readMessages(): { timeMicros: number; text: string }[] {
  const file = readFileSync(path);
  const messages: { timeMicros: number; text: string }[] = [];
  for (let at = 24; at < file.length; at += 16 + file.readUInt32LE(at + 8)) {
    const text = file.toString("latin1", at + 16 + 42, at + 16 + file.readUInt32LE(at + 8));
    if (text.includes("SIP/2.0")) {
      messages.push({ timeMicros: file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4), text });
    }
  }
  return messages;
}
