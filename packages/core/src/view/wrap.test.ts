import { describe, expect, test } from "vitest";
import { clip, columnsOf, padEnd } from "./columns.ts";
import { wrap } from "./wrap.ts";

describe("text is wrapped", () => {
  test("at spaces", () => {
    expect(wrap("one two three four", 9)).toEqual(["one two", "three", "four"]);
  });

  test("inside a word only when the word is wider than the line", () => {
    expect(wrap("a abcdefghij b", 4)).toEqual(["a", "abcd", "efgh", "ij b"]);
  });

  test("between wide characters, counted as two columns", () => {
    const lines = wrap("相手はすでに通話中です。", 8);
    expect(lines).toEqual(["相手はす", "でに通話", "中です。"]);
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(8);
  });

  test("at spaces only in Korean, which has them", () => {
    expect(wrap("올바른 응답이 있는지 확인한다", 13)).toEqual(["올바른 응답이", "있는지", "확인한다"]);
  });

  test("with no closing punctuation at the beginning of a line", () => {
    expect(wrap("通話中です。次", 10)).toEqual(["通話中で", "す。次"]);
  });

  test("to one empty line when it is empty", () => {
    expect(wrap("", 10)).toEqual([""]);
  });

  test("within its columns, whatever it is", () => {
    for (const text of [
      "x".repeat(1000),
      "字".repeat(500),
      "e\u0301".repeat(300),
      "a 字".repeat(200),
      "👩‍🚀".repeat(50),
      "。".repeat(100),
    ]) {
      for (const columns of [2, 7, 40]) {
        for (const line of wrap(text, columns)) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(wrap(text, columns).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }
    }
  });
});

describe("text is cut", () => {
  test("to its columns, with a mark that it was", () => {
    expect([clip("abcdef", 4), clip("abcd", 4), clip("通話中です", 5), clip("abc", 0)]).toEqual([
      "abc…",
      "abcd",
      "通話…",
      "",
    ]);
  });

  test("without being filled by characters that take no columns", () => {
    expect(clip(`a${"\u0301".repeat(10_000)}`, 10).length).toBeLessThan(60);
  });

  test("and padded by columns, not characters", () => {
    expect(padEnd("通話", 6)).toBe("通話  ");
  });
});
