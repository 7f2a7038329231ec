import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../../test/sources.ts";
import { analyze } from "../src/diagnosis/analyze.ts";
import type { Report } from "../src/diagnosis/report.ts";
import type { Language } from "../src/language/language.ts";
import { language as english } from "../src/language/languages/en.ts";
import { language as japanese } from "../src/language/languages/ja.ts";

const folder = `${root}/fixtures/captures`;
const names = readdirSync(folder).filter((name) => /\.pcap(?:ng)?$/u.test(name));

function read(name: string, language: Language): Promise<Report> {
  return analyze([{ name, bytes: [readFileSync(`${folder}/${name}`)] }], { language });
}

test("a report makes its sentences when they are asked for, in the words that its language has then", async () => {
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const words = { ...english };
    const report = await read(name, words);
    const before = JSON.stringify(report);
    Object.assign(words, japanese);
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(await read(name, japanese))));
    Object.assign(words, english);
    expect(JSON.stringify(report)).toBe(before);
  }
});
