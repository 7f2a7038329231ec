import { readFileSync, readdirSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offerDifferences } from "../sdp/compareOffer.ts";
import { sessionDescription } from "../sdp/sessionDescription.ts";
import { bodyParts } from "./bodyParts.ts";
import { knownFields } from "./knownFields.ts";
import { barePacket, parseMessage } from "./parseMessage.ts";
import { sipfragStatus } from "./sipfrag.ts";
import { parseUri, uriWithoutParameters } from "./uri.ts";

const folder = new URL("../../../../fixtures/torture/rfc4475/", import.meta.url);
const seeds = readdirSync(folder)
  .filter((file) => file.endsWith(".dat"))
  .map((file) => new Uint8Array(readFileSync(new URL(file, folder))));

interface Mutation {
  readonly at: number;
  readonly drop: number;
  readonly insert: Uint8Array;
}

const insert = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc
    .constantFrom(
      '"',
      "<",
      ">",
      ";",
      ",",
      "\r\n ",
      "\r\n",
      "\n",
      ":",
      "=",
      "%",
      "@",
      "\0",
      "[",
      "__proto__",
      "\\",
      "\r\n\r\n",
      "((",
    )
    .map((text) => new TextEncoder().encode(text)),
);
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.integer({ min: 0, max: 8 }),
  insert,
});
const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 6 }))
  .map(([seed, mutations]) => mutations.reduce(mutate, seed));

function mutate(bytes: Uint8Array, { at, drop, insert: inserted }: Mutation): Uint8Array {
  const index = Math.floor(at * bytes.length);
  return new Uint8Array([...bytes.subarray(0, index), ...inserted, ...bytes.subarray(index + drop)]);
}

/** Asks for everything; every span must lie inside the message. */
function readAll(bytes: Uint8Array): void {
  const offset = bytes.length % 7;
  const buffer = new Uint8Array(bytes.length + 16);
  buffer.set(bytes, offset);
  const message = parseMessage({ ...barePacket(buffer), start: offset, end: offset + bytes.length });
  if (message === undefined) return;
  const inside = ({ start, end }: { start: number; end: number }): void => {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(bytes.length);
  };
  inside(message.body);
  inside(message.startLineSpan);
  for (const { span } of message.anomalies) inside(span);
  for (const { span } of bodyParts(message)) inside(span);
  for (const field of knownFields) {
    message.all(field);
    for (let i = 0; i < message.count(field); i++) {
      inside(message.span(field, i)!);
      expect(message.quote(field, i).length).toBeLessThanOrEqual(200);
    }
  }
  const offer = sessionDescription(message) ?? { address: "", media: [], anomalies: [] };
  expect(offerDifferences(offer, offer).filter(({ kind }) => kind === "profile")).toEqual([]);
  sipfragStatus(message);
  if (message.kind === "request") {
    parseUri(message.requestUri);
    uriWithoutParameters(message.requestUri);
  }
  message.bodyText();
}

describe("reading a message", () => {
  it("never fails on random bytes, and every span is inside the message", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readAll), { numRuns: 2000 });
  });

  it("never fails on torture messages changed at random", () => {
    fc.assert(fc.property(mutated, readAll), { numRuns: 2500 });
  });

  it("never fails on any value of any known header field", () => {
    const value = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: "binary", maxLength: 20 }), punctuation());
    fc.assert(
      fc.property(fc.constantFrom(...knownFields), value, (field, text) => {
        const trimmed = text.trim();
        const parsed = field.parse(trimmed);
        const flaw = parsed === undefined ? undefined : field.flaw?.(trimmed, parsed);
        expect([undefined, "field-syntax", "field-value", "escape"]).toContain(flaw);
      }),
      { numRuns: 5000 },
    );
  });

  it("takes time in proportion to the length of a hostile value", () => {
    for (const piece of ['"', "<", '"\\', "a,", ";", "(", '<"', "%", 'a="b', " ", "\r\n "]) {
      const head = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\n";
      const value = piece.repeat(60_000 / piece.length);
      const names = ["From", "Contact", "Via", "Warning", "Authorization", "Retry-After", "Identity", "X-Any"];
      const header = names.map((name) => `${name}: ${value}\r\n`).join("");
      const started = performance.now();
      readAll(new TextEncoder().encode(`${head}${header}\r\n`));
      expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(3000);
    }
  });
});

function punctuation(): fc.Arbitrary<string> {
  return fc
    .array(
      fc.constantFrom(
        "a",
        "1",
        ";",
        ",",
        "=",
        '"',
        "\\",
        "<",
        ">",
        ":",
        "@",
        "%",
        "/",
        " ",
        "[",
        "]",
        "(",
        "sip:",
        "?",
      ),
      {
        maxLength: 25,
      },
    )
    .map((parts) => parts.join(""));
}
