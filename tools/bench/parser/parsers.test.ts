import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { captureMessages, withOwnCalls } from "./captureMessages.ts";
import { fieldsOfRules } from "./fieldsOfRules.ts";
import { type MessageSet, readMessages, writeMessages } from "./messageFile.ts";
import { ownParsers } from "./parsers.ts";

const COPIES = 3;
const messages = captureMessages(fileURLToPath(new URL("../../../fixtures/captures/", import.meta.url)));
const copies = withOwnCalls(messages, COPIES);

test("all that is measured of ours finds the same Via lines and CSeq numbers in the messages of the captures", async () => {
  const set = throughFile();
  expect(set.original).toBeGreaterThan(500);
  const found = new Set<string>();
  for (const { load } of ownParsers) {
    const parser = (await load())(set);
    const facts = Array.from({ length: set.original }, (_, index) => parser.facts(index));
    expect(facts).not.toContain(undefined);
    found.add(JSON.stringify(facts));
  }
  expect(ownParsers.length).toBeGreaterThan(3);
  expect(found.size).toBe(1);
});

test("a copy of the messages differs from them in Call-IDs, branches and tags, and in no length", () => {
  const callIdsOf = (all: readonly Buffer[]): Set<string | undefined> =>
    new Set(all.map((each) => /^(?:Call-ID|i):\s*(.*)\r$/im.exec(each.toString("latin1"))?.[1]));
  expect(copies.slice(0, messages.length)).toEqual(messages);
  expect(copies.map(({ length }) => length)).toEqual(
    Array(COPIES)
      .fill(messages.map(({ length }) => length))
      .flat(),
  );
  expect(callIdsOf(messages).size).toBeGreaterThan(20);
  expect(callIdsOf(copies).size).toBe(COPIES * callIdsOf(messages).size);
});

test("the fields that rules read are found in their imports", async () => {
  const names = (await fieldsOfRules()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["Via", "CSeq", "Reason", "Proxy-Authenticate", "Warning"]));
  expect(names).not.toContain("Organization");
});

function throughFile(): MessageSet {
  const folder = mkdtempSync(join(tmpdir(), "sipwhy-messages-"));
  try {
    writeMessages(join(folder, "messages"), copies, messages.length);
    return readMessages(join(folder, "messages"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
