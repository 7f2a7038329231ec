import { expect, test } from "vitest";
import { formatText } from "./format.ts";
import { language as de } from "./languages/de.ts";
import { language as en } from "./languages/en.ts";
import { language as ja } from "./languages/ja.ts";
import { readSentence } from "./readSentence.ts";

test("values are found again in the sentences of every language", () => {
  for (const { ui, tag } of [en, de, ja]) {
    const values = { username: "1001", realm: "example.test" };
    const sentence = formatText(ui["missing.credentials"], values, tag);
    expect(readSentence(ui["missing.credentials"], sentence, tag)?.values).toEqual(values);
  }
});

test("a selection is found by whichever of its variants was taken", () => {
  for (const hops of [1, 2]) {
    const values = { hops, address: "10.9.0.30:5060", frame: 6 };
    const sentence = formatText(en.ui["basis.followed-downstream"], values, "en");
    const read = readSentence(en.ui["basis.followed-downstream"], sentence, "en")!;
    expect(read.values).toMatchObject({ address: "10.9.0.30:5060", frame: "6" });
    expect(formatText(read.pattern, read.values, "en")).toBe(sentence);
  }
});

test("another sentence has none of them", () => {
  expect(readSentence(en.ui["missing.credentials"], "Something else.", "en")).toBeUndefined();
});
