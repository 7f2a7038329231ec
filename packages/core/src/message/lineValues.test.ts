import { expect, test } from "vitest";
import { headerField } from "./headerField.ts";
import { lineValues } from "./lineValues.ts";
import { via } from "./via.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const branches = (line: string): readonly (string | undefined)[] => {
  const bytes = encode(line);
  return lineValues(via, bytes, 0, bytes.length).map(({ branch }) => branch);
};

test("a line that came before, in another buffer and at another place, has the same values", () => {
  const line = "Via: SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/TCP b;branch=z9hG4bK2\r\n";
  const first = lineValues(via, encode(line), 0, line.length);
  const shifted = encode(`Max-Forwards: 70\r\n${line}`);
  expect(lineValues(via, shifted, shifted.length - line.length, shifted.length)).toBe(first);
  expect(first.map(({ host }) => host)).toEqual(["a", "b"]);
});

test("of thousands of lines that differ in one character, each has its own values", () => {
  const serials = Array.from({ length: 20_000 }, (_, i) => `z9hG4bK${i}`);
  for (const round of [1, 2]) {
    const wrong = serials.filter((serial) => branches(`Via: SIP/2.0/UDP a;branch=${serial}\r\n`)[0] !== serial);
    expect({ round, wrong }).toEqual({ round, wrong: [] });
  }
});

test("the same line read as two fields is read by each of them", () => {
  const line = encode("Via: SIP/2.0/UDP a;branch=z9hG4bKx\r\n");
  const asText = headerField({ name: "Via", parse: (text) => text });
  expect(lineValues(via, line, 0, line.length)[0].branch).toBe("z9hG4bKx");
  expect(lineValues(asText, line, 0, line.length)).toEqual(["SIP/2.0/UDP a;branch=z9hG4bKx"]);
  expect(lineValues(via, line, 0, line.length)[0].branch).toBe("z9hG4bKx");
});

test("a line too long to be remembered is read all the same", () => {
  const branch = "z9hG4bK".padEnd(1000, "x");
  expect(branches(`Via: SIP/2.0/UDP a;branch=${branch}\r\n`)).toEqual([branch]);
});
