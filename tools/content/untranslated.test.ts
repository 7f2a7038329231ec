import { expect, test } from "vitest";
import { isLeftInEnglish, sentencesLeftInEnglish } from "./untranslated.ts";

test("a sentence that is still English is seen", () => {
  expect(isLeftInEnglish("The callee is busy.", "The callee is busy.", "de")).toBe(true);
  expect(isLeftInEnglish("proxy", "proxy", "ja")).toBe(true);
});

test("protocol words and shared words are no English", () => {
  expect(isLeftInEnglish("`Retry-After`: {$seconds}", "`Retry-After`: {$seconds}", "ja")).toBe(false);
  expect(isLeftInEnglish("502 Bad Gateway", "502 Bad Gateway", "ja")).toBe(false);
  expect(isLeftInEnglish("proxy", "proxy", "fr")).toBe(false);
  expect(isLeftInEnglish("Der Angerufene ist besetzt.", "The callee is busy.", "de")).toBe(false);
});

test("one English sentence in a translated paragraph is seen", () => {
  const english = "The callee is on another call now. Try again later.";
  expect(sentencesLeftInEnglish("The callee is on another call now. Später versuchen.", english)).toHaveLength(1);
  expect(sentencesLeftInEnglish("Besetzt. Später versuchen.", english)).toEqual([]);
});
