import { describe, expect, test } from "vitest";
import {
  compare,
  describeCode,
  describeCodes,
  describeQ850,
  describeReason,
  describeSearch,
  describeWarning,
} from "./index.ts";
import { causesBecoming, codes, facts, lookUp, LookUpError, requiredHeaderFields, search, type Page } from "./index.ts";
import { reference as en } from "./languages/en.ts";
import { referenceText } from "../view/referenceText.ts";

/** The language, and the keys that were asked of it and that it does not have. */
function watched(): { language: typeof en; missing: Set<string> } {
  const missing = new Set<string>();
  const strings = new Proxy(en.strings, {
    getOwnPropertyDescriptor(target, key) {
      if (!Object.hasOwn(target, key)) missing.add(String(key));
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  return { language: { ...en, strings }, missing };
}

function textsOf(page: Page): string[] {
  const blocks = page.sections.flatMap((section) => section.blocks);
  return blocks.flatMap((block) => {
    if (block.kind === "rows") return block.rows.flatMap(({ label, value }) => [label, value]);
    return block.kind === "items" || block.kind === "steps" ? block.items : [block.text];
  });
}

const sectionOf = (page: Page, key: string) => page.sections.find((section) => section.key === key);

describe("look-up", () => {
  test("knows the 75 registered codes", () => {
    expect(codes).toHaveLength(75);
    expect(lookUp(502)).toMatchObject({ kind: "registered", facts: { phrase: "Bad Gateway" } });
  });

  test("explains a number that nobody registered and who sends it", () => {
    expect(lookUp(477)).toMatchObject({ kind: "unregistered", treatedAs: { code: 400 }, facts: { nearest: 503 } });
  });

  test("falls back on x00 for a number that is not known, and on 183 for a 1xx", () => {
    expect(lookUp(499)).toMatchObject({ kind: "unknown", treatedAs: { code: 400 }, nearest: [494, 493, 491] });
    expect(lookUp(123)).toMatchObject({ treatedAs: { code: 183 } });
    expect(lookUp(699)).toMatchObject({ treatedAs: { code: 600 } });
  });

  test.each([99, 700, 999, 486.5, Number.NaN])("refuses %s with a stable code", (value) => {
    expect(() => lookUp(value)).toThrow(LookUpError);
    expect(() => lookUp(value)).toThrow(/not-a-status-code/u);
  });

  test("ISDN cause 27 alone becomes 502", () => {
    expect(causesBecoming(502, "rfc3398")).toEqual([27]);
    expect(causesBecoming(403, "rfc3398")).toEqual([21, 55, 57, 87]);
  });
});

describe("required header fields", () => {
  const namesOf = (code: number, method?: string) => requiredHeaderFields(code, method).flatMap(({ names }) => names);

  test("a challenge and a refusal name theirs", () => {
    expect(namesOf(401)).toEqual(["WWW-Authenticate"]);
    expect(namesOf(405)).toEqual(["Allow"]);
    expect(namesOf(423)).toEqual(["Min-Expires"]);
  });

  test("those of a 200 depend on the method", () => {
    expect(namesOf(200, "INVITE")).toContain("Contact");
    expect(namesOf(200, "BYE")).not.toContain("Contact");
    expect(namesOf(200, "PUBLISH")).toContain("SIP-ETag");
  });

  test("a number that is not registered requires none", () => {
    expect(namesOf(499)).toEqual([]);
  });
});

describe("pages", () => {
  test("every page of every kind finds its words", () => {
    const { language, missing } = watched();
    const pages = [
      ...codes.map(({ code }) => describeCode(code, language)),
      ...facts.unregistered.map(({ code }) => describeCode(code, language)),
      describeCode(499, language),
      ...facts.q850.map(({ cause }) => describeQ850(cause, language)),
      ...facts.warnings.map(({ code }) => describeWarning(code, language)),
      ...facts.reasons.map(({ protocol }) => describeReason(protocol, language)),
      describeCodes(language),
      describeSearch("busy", language),
    ];
    expect([...missing]).toEqual([]);
    for (const page of pages) expect(textsOf(page).join("\n"), page.title).not.toMatch(/undefined|\{[a-z]\w*\}/u);
  });

  test("a code says what, when and what to do before its facts", () => {
    expect(
      describeCode(502, en)
        .sections.map(({ key }) => key)
        .slice(0, 4),
    ).toEqual(["says", "seen", "fix", "facts"]);
  });

  test("the list can be narrowed to one class", () => {
    expect(describeCodes(en, 6).sections.map(({ key }) => key)).toEqual(["6xx"]);
  });

  test("no line of the text is wider than 80 columns", () => {
    const pages = [...codes.map(({ code }) => describeCode(code, en)), describeCodes(en), compare(202, 502, en).page];
    const wide = pages.flatMap((page) => referenceText(page).split("\n")).filter((line) => line.length > 80);
    expect(wide).toEqual([]);
  });
});

describe("comparison", () => {
  test("does not depend on the order", () => {
    expect(compare(502, 202, en)).toEqual(compare(202, 502, en));
  });

  test("of 202 and 502 says what links them, and each difference is a real one", () => {
    const { relation, differences, page } = compare(202, 502, en);
    expect(relation).toBe("unrelated");
    expect(sectionOf(page, "decides")?.blocks[0]).toMatchObject({ kind: "paragraph" });
    expect(differences.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(["deprecated", "class", "mintedBy", "client", "effect", "toIsdn"]),
    );
    expect(page.sections.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["202", "502", "differences", "shared", "which", "readOn"]),
    );
  });

  test("every pair finds its words, differs in something, and never repeats a description as a difference", () => {
    const { language, missing } = watched();
    const descriptions = new Set(Object.values(en.codes).flatMap(({ summary, says }) => [summary, ...says]));
    let pairs = 0;
    for (const [index, { code: a }] of codes.entries()) {
      for (const { code: b } of codes.slice(index + 1)) {
        const { differences, shared } = compare(a, b, language);
        const sentences = [...differences.flatMap((difference) => difference.sentences), ...shared];
        const broken = sentences.filter(
          (text) => descriptions.has(text) || /undefined|\{[a-z]\w*\}|(\b[a-z]+) \1 /u.test(text),
        );
        if (broken.length > 0) throw new Error(`${a} ${b}: ${broken.join(" / ")}`);
        if (new Set(sentences).size !== sentences.length) throw new Error(`${a} ${b} says something twice`);
        pairs++;
      }
    }
    expect(pairs).toBe(2775);
    expect([...missing]).toEqual([]);
  });

  test("tells 486 and 600 apart by the search", () => {
    const { relation, differences } = compare(486, 600, en);
    expect(relation).toBe("confusable");
    expect(differences.find(({ topic }) => topic === "search")?.sentences).toEqual([
      expect.stringMatching(/^600 Busy Everywhere ends the search.*486 Busy Here does not\.$/u),
    ]);
  });

  test("tells 401 and 407 apart by the header field", () => {
    const difference = compare(401, 407, en).differences.find(({ topic }) => topic === "headerFields");
    expect(difference?.sentences).toEqual([
      "401 Unauthorized must carry what 407 Proxy Authentication Required need not: `WWW-Authenticate`.",
      "407 Proxy Authentication Required must carry what 401 Unauthorized need not: `Proxy-Authenticate`.",
    ]);
  });

  test("of codes that have nothing to do with each other says so, and points to better pairs", () => {
    const { relation, worthComparing, page } = compare(100, 555, en);
    expect(relation).toBe("unrelated");
    expect(page.summary).toBe(
      "100 Trying and 555 Push Notification Service Not Supported have little to do with each other: nobody has to choose between them.",
    );
    expect(worthComparing[0]).toContain(180);
  });

  test("refuses one code twice and a number without facts", () => {
    expect(() => compare(486, 486, en)).toThrow(/same-code-twice/u);
    expect(() => compare(486, 499, en)).toThrow(/not-registered/u);
    expect(() => compare(486, 1000, en)).toThrow(/not-a-status-code/u);
  });
});

describe("search", () => {
  const idsOf = (text: string) => search(text, en).map(({ kind, id }) => `${kind} ${id}`);

  test("finds a number before everything else", () => {
    expect(idsOf("486")[0]).toBe("code 486");
    expect(idsOf("486")).not.toContain("code 480");
  });

  test("finds a word of the phrase", () => {
    expect(idsOf("busy").slice(0, 2).sort()).toEqual(["code 486", "code 600"]);
  });

  test.each(["bussy", "BUSY", "ｂｕｓｙ", "búsy", "bus"])("forgives %s", (text) => {
    expect(idsOf(text)).toContain("code 486");
  });

  test("wants every word to fit", () => {
    expect(idsOf("gateway bad")[0]).toBe("code 502");
    expect(idsOf("busy xylophone")).toEqual([]);
  });

  test("finds words with a hyphen as one, as people write them", () => {
    expect(idsOf("timeout")).toEqual(expect.arrayContaining(["code 408", "code 504"]));
    expect(idsOf("time-out")).toContain("code 504");
  });

  test("finds Japanese, Chinese and Korean inside words, whatever the kana", () => {
    const prose = { says: [], seen: [], fix: {} };
    const codesInJapanese = {
      "486": { ...prose, summary: "この端末は話し中です。" },
      "480": { ...prose, summary: "ビジーではありません。" },
      "503": { ...prose, summary: "服务器过载。" },
      "487": { ...prose, summary: "통화중입니다." },
    };
    const japanese = { ...en, codes: codesInJapanese, q850: {}, warnings: {}, reasons: {}, unregistered: {} };
    const find = (text: string) => search(text, japanese).map(({ id }) => id);
    expect(find("話し中")).toEqual(["486"]);
    expect(find("びじー")).toEqual(["480"]);
    expect(find("过载")).toEqual(["503"]);
    expect(find("통화중")).toEqual(["487"]);
  });

  test("finds nothing in nothing, and reads no more than a person types", () => {
    expect(search("  ?! ", en)).toEqual([]);
    expect(search("x".repeat(1_000_000), en)).toEqual([]);
  });
});
