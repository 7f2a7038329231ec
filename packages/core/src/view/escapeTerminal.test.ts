import { expect, test } from "vitest";
import { escapeTerminal } from "./escapeTerminal.ts";

test("ordinary text of any script stays as it is", () => {
  const text = "Grüße, 通話 📞 «Привет» naïve à demain";
  expect(escapeTerminal(text)).toBe(text);
});

test("what acts on a terminal becomes visible", () => {
  expect(escapeTerminal("a\x1b[2Jb\x07\x9b31m\x7f\x00")).toBe("a\\x1b[2Jb\\x07\\x9b31m\\x7f\\x00");
});

test("line breaks and tabs become visible", () => {
  expect(escapeTerminal("a\r\nb\tc\u2028d")).toBe("a\\r\\nb\\tc\\u{2028}d");
});

test("bidirectional controls and invisible characters become visible", () => {
  expect(escapeTerminal("a\u202eb\u2066c\u200bd\ufeffe\u{e0041}")).toBe(
    "a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}e\\u{e0041}",
  );
});

test("half of a surrogate pair becomes visible, a whole one stays", () => {
  expect(escapeTerminal("\ud83d 📞")).toBe("\\u{d83d} 📞");
});
