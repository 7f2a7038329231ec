import { expect, test } from "vitest";
import { formatText } from "./format.ts";
import { language as de } from "./languages/de.ts";
import { language as en } from "./languages/en.ts";
import { language as ja } from "./languages/ja.ts";
import { valuesOf } from "./valuesOf.ts";

test("values are found again in the sentences of every language", () => {
  for (const { ui, tag } of [en, de, ja]) {
    const values = { username: "1001", realm: "example.test" };
    const sentence = formatText(ui["missing.credentials"], values, tag);
    expect(valuesOf(ui["missing.credentials"], sentence, tag)).toEqual(values);
  }
});

test("a selection is found by whichever of its variants was taken", () => {
  const message = en.ui["basis.followed-downstream"];
  const sentence = formatText(message, { hops: 2, address: "10.9.0.30:5060", frame: 6 }, "en");
  expect(valuesOf(message, sentence, "en")).toEqual({ hops: "2", address: "10.9.0.30:5060", frame: "6" });
});

test("another sentence has none of them", () => {
  expect(valuesOf(en.ui["missing.credentials"], "Something else.", "en")).toBeUndefined();
});
