import { expect, test } from "vitest";
import { colorWanted, widthOf } from "./terminal.ts";

const terminal = { stdout: { isTTY: true }, env: {} };

test("colour is for terminals, unless the reader or the environment says otherwise", () => {
  expect(colorWanted({}, terminal)).toBe(true);
  expect(colorWanted({}, { stdout: {}, env: {} })).toBe(false);
  expect(colorWanted({}, { ...terminal, env: { NO_COLOR: "1" } })).toBe(false);
  expect(colorWanted({}, { ...terminal, env: { TERM: "dumb" } })).toBe(false);
  expect(colorWanted({ color: "never" }, terminal)).toBe(false);
  expect(colorWanted({ color: "always" }, { stdout: {}, env: { NO_COLOR: "1" } })).toBe(true);
});

test("the width is the one asked for, the terminal's, or 80", () => {
  expect(widthOf({ width: 120 }, { isTTY: true, columns: 100 })).toBe(120);
  expect(widthOf({}, { isTTY: true, columns: 100 })).toBe(100);
  expect(widthOf({}, { columns: 100 })).toBe(80);
  expect(widthOf({}, { isTTY: true, columns: 0 })).toBe(80);
});
