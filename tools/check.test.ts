import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkContent, reportTranslations } from "./check.ts";
import { copyOfContent, writeText } from "./content.fixture.ts";
import { scaffold } from "./new.ts";
import { stamp } from "./stamp.ts";

let root: string;

beforeEach(() => {
  root = copyOfContent();
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const read = (path: string) => readFileSync(join(root, path), "utf8");
const problems = () => checkContent(root).map(({ path, message }) => `${path}: ${message}`);

function edit(path: string, from: string, to: string): void {
  const text = read(path);
  expect(text).toContain(from);
  writeText(root, path, text.replace(from, to));
}

test("content is in order", () => {
  expect(problems()).toEqual([]);
});

test("a code that IANA does not have, and one that is not here, are named", () => {
  writeText(root, "content/codes/499.json", read("content/codes/486.json").replace("486", "499"));
  rmSync(join(root, "content/codes/580.json"));
  expect(problems()).toEqual(
    expect.arrayContaining([
      "content/codes/499.json: not registered",
      "content/codes/580.json: registered with IANA and not here",
    ]),
  );
});

test("a citation of a section that does not exist is named", () => {
  edit("content/codes/502.json", "RFC 3261 §21.5.3", "RFC 3261 §99.9");
  expect(problems()).toContain("content/codes/502.json: RFC 3261 §99.9 is not in content/rfcs.json");
});

test("a fact outside its closed set is named", () => {
  edit("content/codes/502.json", '"other-route"', '"other-planet"');
  expect(problems()).toContain("content/codes/502.json: content/en/reference.json has no change.other-planet");
});

test("a symptom that leads to no rule is named", () => {
  edit("content/symptoms.json", '"scanner-seen"', '"ghost-seen"');
  expect(problems()).toContain("content/symptoms.json: there is no rule ghost-seen");
});

test("a page with a missing or an unknown section is named", () => {
  edit("content/en/codes/502.md", "## seen", "## sean");
  expect(problems()).toEqual(
    expect.arrayContaining([
      "content/en/codes/502.md: section seen is missing",
      "content/en/codes/502.md: section sean is not known",
    ]),
  );
});

test("a summary told twice is named", () => {
  const summary = /^summary: (.*)$/mu.exec(read("content/en/codes/486.md"))![1];
  writeText(
    root,
    "content/en/codes/600.md",
    read("content/en/codes/600.md").replace(/^summary: .*$/mu, `summary: ${summary}`),
  );
  expect(problems()).toContainEqual(expect.stringContaining("content/en/codes/600.md: says the same as 486"));
});

test("a language just begun is all English", () => {
  expect(scaffold(root, "language", "it")).toEqual(["content/locales.json", "content/it"]);
  expect(read("content/locales.json")).toContain(
    '{ "tag": "it", "name": "Italiano", "direction": "ltr", "fallback": "en" }',
  );
  const found = problems();
  expect(found).toContain("content/it/codes/502.md: summary is left in English");
  expect(found).toContain("content/it/codes/502.md: stale: not stamped with the present English");
});

test("a translation is current once stamped, stale when the English changes, missing when it is not there", () => {
  writeText(root, "content/de/codes/502.md", "---\nsummary: Kurz.\n---\n## says\nText.\n");
  const line = () => reportTranslations(root).find((text) => text.startsWith("de "));
  expect(line()).toContain("0 current, 1 stale");
  expect(stamp(root, "de", ["content/de/codes/502.md"])).toEqual(["codes/502.md"]);
  expect(line()).toContain("1 current, 0 stale");
  edit("content/en/codes/502.md", "## says", "## says\nMore.\n");
  expect(line()).toContain("0 current, 1 stale");
  expect(problems()).toContain("content/de/codes/486.md: missing");
});

test("a translation that drops a value or a code span is named", () => {
  writeText(
    root,
    "content/de/reference.json",
    '{ "minted.by": "Kommt von: {$roles}.", "action.follow-contact": "folgen" }',
  );
  expect(problems()).toEqual(
    expect.arrayContaining([
      "content/de/reference.json: minted.by loses code",
      "content/de/reference.json: action.follow-contact loses `Contact`",
    ]),
  );
});

test("a translation that tells less apart than the English is named", () => {
  const choice = (variants: string): string => `{ "minted.by": ".input {$code :string} .match $code ${variants}" }`;
  writeText(root, "content/en/reference.json", choice("yes {{Y {$code}.}} no {{N {$code}.}} * {{{$code}?}}"));
  writeText(root, "content/de/reference.json", choice("yes {{J {$code}.}} * {{{$code}?}}"));
  expect(problems()).toContain("content/de/reference.json: minted.by loses the variant $code no");
});

test("stamping refuses what it does not know", () => {
  expect(() => stamp(root, "en", [])).toThrow("en is not a language");
  expect(() => stamp(root, "de", ["codes/999.md"])).toThrow("content/en/codes/999.md does not exist");
});

test("a scaffold never overwrites", () => {
  expect(scaffold(root, "code", "499")).toEqual(["content/codes/499.json", "content/en/codes/499.md"]);
  expect(() => scaffold(root, "code", "499")).toThrow("exists already");
  expect(() => scaffold(root, "code", "../x")).toThrow("usage");
  expect(scaffold(root, "rule", "my-rule")).toHaveLength(3);
});
