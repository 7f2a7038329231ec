import { expect, test } from "vitest";
import { breaksBeforePunctuation } from "./spacing.ts";

test("a French colon may not begin a line", () => {
  expect(breaksBeforePunctuation("Sur le proxy : vérifier.", "fr")).toBe(true);
  expect(breaksBeforePunctuation("Sur le proxy\u00a0: vérifier.", "fr")).toBe(false);
  expect(breaksBeforePunctuation("Sur {$next} : vérifier.", "fr")).toBe(true);
});

test("what a message format or another language sets apart is left alone", () => {
  expect(breaksBeforePunctuation(".input {$seen :string}", "fr")).toBe(false);
  expect(breaksBeforePunctuation("Auf dem Proxy : prüfen.", "de")).toBe(false);
});
