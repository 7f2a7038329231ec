import { describe, expect, test } from "vitest";
import { messageDifferences } from "./messageDifferences.ts";
import { messageLines } from "./messageLines.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll("\n", "\r\n"));
const busy = `SIP/2.0 486 Busy Here
Via: SIP/2.0/UDP 10.9.0.20;branch=z9hG4bK2
Via: SIP/2.0/UDP 10.9.0.10;branch=z9hG4bK1
Call-ID: a
Reason: Q.850
 ;cause=17
Content-Length: 8

one
two`;

describe("the lines of a message", () => {
  const lines = messageLines(encode(busy), ["Reason: Q.850 ;cause=17", "SIP/2.0 486 B…"]);

  test("are its start line, its header fields unfolded, and its body", () => {
    expect(lines.map(({ kind }) => kind).join(" ")).toBe("start field field field field field blank body body");
    expect(lines[4].text).toBe("Reason: Q.850 ;cause=17");
    expect(lines[4].nameLength).toBe(6);
    expect(lines.at(-1)!.text).toBe("two");
  });

  test("are marked where a finding quotes them, whole or cut", () => {
    expect(lines.flatMap(({ marked }, index) => (marked ? [index] : []))).toEqual([0, 4]);
  });

  test("know their bytes", () => {
    const bytes = encode(busy);
    const line = lines[3];
    expect(new TextDecoder().decode(bytes.subarray(line.start, line.end))).toBe("Call-ID: a");
  });

  test("of what is no message are shown as well", () => {
    expect(messageLines(encode("no\nSIP")).map(({ text }) => text)).toEqual(["no", "SIP"]);
  });

  test("cannot hide anything, and a long one is cut", () => {
    const [, subject, long] = messageLines(
      encode(`OPTIONS sip:a SIP/2.0\nSubject: \u202e\x1ba\nX: ${"x".repeat(1_000_000)}\nCall-ID: a`),
    );
    expect(subject.text).toBe("Subject: \\u{202e}\\x1ba");
    expect(long.text.length).toBeLessThan(2100);
  });
});

describe("two messages side by side", () => {
  const other = `SIP/2.0 486 Busy Here
v: SIP/2.0/UDP 10.9.0.10;branch=z9hG4bK1
i: a
Server: x
Content-Length: 8

one
three`;
  const rows = messageDifferences(encode(busy), encode(other));

  test("stand by their names, short or long, and what only one has stands alone", () => {
    expect(rows.filter(({ same }) => same).map(({ left }) => left)).toEqual([
      "SIP/2.0 486 Busy Here",
      "Content-Length: 8",
      "",
      "one",
    ]);
    expect(rows.find(({ right }) => right === "Server: x")?.left).toBeUndefined();
    expect(rows.find(({ left }) => left?.startsWith("Reason"))?.right).toBeUndefined();
    expect(rows.find(({ left }) => left === "two")?.right).toBe("three");
  });

  test("keep what is the same beside each other: a proxy adds its Via on top", () => {
    const forwarded = busy.replace("Via: SIP/2.0/UDP 10.9.0.20;branch=z9hG4bK2\n", "");
    const vias = messageDifferences(encode(busy), encode(forwarded)).filter(({ left }) => left?.startsWith("Via"));
    expect(vias.map(({ same, right }) => [same, right === undefined])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test("are shown whole however long they are", () => {
    const long = (word: string): string => `OPTIONS sip:a SIP/2.0\nCall-ID: a\n\n${`${word}\n`.repeat(1500)}`;
    expect(messageDifferences(encode(long("a")), encode(long("b"))).length).toBeGreaterThan(1000);
  });
});
