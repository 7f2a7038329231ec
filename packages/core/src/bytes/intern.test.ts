import { describe, expect, it } from "vitest";
import { internText } from "./intern.ts";
import { decodeText, isUtf8 } from "./text.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("decodeText", () => {
  it("reads text of any length and alphabet like the platform's decoder", () => {
    for (const unit of ["a", "é", "大", "\uFEFF", "𝄞", "\0"]) {
      for (const length of [0, 1, 7, 32, 95, 96, 97, 300]) {
        const text = unit.repeat(length);
        const bytes = bytesOf(`<${text}>`);
        expect(decodeText(bytes, 1, bytes.length - 1)).toBe(text);
      }
    }
  });

  it("replaces what is no UTF-8", () => {
    const bytes = Uint8Array.of(65, 0xff, 66);
    expect(decodeText(bytes, 0, 3)).toBe("A\uFFFDB");
    expect(isUtf8(bytes, 0, 3)).toBe(false);
    expect(isUtf8(bytes, 0, 1)).toBe(true);
    expect(isUtf8(bytesOf("é"), 0, 2)).toBe(true);
  });
});

describe("internText", () => {
  it("gives back what the bytes say even when thousands of texts share the memory", () => {
    for (let i = 0; i < 40_000; i++) {
      const text = `z9hG4bK-${(i * 7919).toString(36)}-é`.slice(0, 8 + (i % 12));
      const bytes = bytesOf(text);
      expect(internText(bytes, 0, bytes.length) === text).toBe(true);
    }
  });

  it("reads from an array that is part of a larger buffer, and from several by turns", () => {
    const buffer = new Uint8Array(1000);
    for (let i = 0; i < 400; i++) {
      const text = `z9hG4bK-${i}-branch`;
      const offset = i % 13;
      const array = buffer.subarray(offset, offset + 100);
      array.set(bytesOf(text), 3);
      expect(internText(array, 3, 3 + text.length)).toBe(text);
      expect(internText(bytesOf(`${text}!`), 0, text.length)).toBe(text);
    }
  });

  it("reads long and empty texts", () => {
    const long = "x".repeat(5000);
    expect(internText(bytesOf(long), 0, 5000)).toBe(long);
    expect(internText(bytesOf(long), 9, 9)).toBe("");
  });
});
