import { describe, expect, test } from "vitest";
import type { Report } from "../diagnosis/report.ts";
import { language } from "../language/languages/en.ts";
import { columnsOf } from "./columns.ts";
import { htmlView } from "./html.ts";
import { jsonView } from "./json.ts";
import { ladderView } from "./ladder.ts";
import { drawLadder, ladderSvg } from "./ladderSvg.ts";
import { markdownView } from "./markdown.ts";
import { tagsOf } from "./markup.fixture.ts";
import { failedCall, messages, reportOf, silentFinding } from "./report.fixture.ts";
import { textView } from "./text.ts";

/** The report with every text that comes from the input replaced; what is ours (kinds, marks, times) stays. */
function poisoned(poison: string): Report {
  const finding = {
    ...silentFinding,
    rule: poison,
    cause: poison,
    title: poison,
    why: poison,
    fix: [poison],
    origin: { address: poison, orBehind: true, product: poison, basis: [poison] },
    evidence: [{ ...silentFinding.evidence[0], time: poison, quote: poison }],
    missing: [poison],
    readings: [{ cause: poison, why: poison, decidedBy: poison }],
    citations: [poison],
  };
  const said = messages.map((message) => ({ ...message, label: poison, source: poison, time: poison }));
  const links = [{ kind: poison, callIds: [poison, poison] as const, score: 1, evidence: [] }];
  const call = {
    ...failedCall,
    id: poison,
    callIds: [poison],
    from: poison,
    to: `x${poison}`,
    startTime: poison,
    links,
    findings: [finding],
    messages: said,
  };
  const [capture] = reportOf([]).captures;
  const incidents = [{ kind: "file-cut" as const, count: 1, text: poison }];
  const captures = [{ ...capture, name: poison, format: poison, firstTime: poison, lastTime: poison, incidents }];
  return reportOf([call, { ...call, id: "2" }], { captures, findings: [finding] });
}

const svgView = ({ calls }: Report): string => calls.map((call) => ladderSvg(call, { language })).join("\n");
const views = { textView, markdownView, ladderView, jsonView, svgView, htmlView };
const poisons: Readonly<Record<string, string>> = {
  "escape sequences": "\x1b]0;owned\x07\x1b[2J\x9b31m\x00\b",
  "line breaks": "a\r\nProof    frame 1  forged\u2028b\x0bc",
  "bidirectional controls": "\u202eexe.pcap\u2066\u200f\u061c",
  "half characters": "\ud83d\udc00\udc00\ufffe",
};

describe.each(Object.entries(views))("%s", (_name, view) => {
  test.each(Object.entries(poisons))("shows %s instead of obeying them", (_kind, poison) => {
    const output = view(poisoned(poison), { language, ladder: true, call: undefined });
    expect(output).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
    expect(() => encodeURIComponent(output)).not.toThrow();
    expect(output).not.toMatch(/^(?:Proof|a$)/mu);
  });

  test("has no more lines for line breaks in values than without them", () => {
    const count = (poison: string): number => view(poisoned(poison), { language, ladder: true }).split("\n").length;
    expect(count("a\nb\rc")).toBe(count("a.nb.rc"));
  });
});

describe("megabyte values", () => {
  const report = poisoned(`${"x".repeat(1_000_000)} ${"字".repeat(100_000)}`);

  test("do not make the text wide or long", () => {
    const text = textView(report, { language, ladder: true });
    expect(text.length).toBeLessThan(100_000);
    for (const line of text.split("\n")) expect(columnsOf(line), line.slice(0, 100)).toBeLessThanOrEqual(80);
  });

  test("do not make the drawing wide or long", () => {
    const { svg, width } = drawLadder(report.calls[0], { language });
    expect(svg.length).toBeLessThan(100_000);
    expect(width).toBeLessThan(2000);
  });

  test("do not make the Markdown long", () => {
    expect(markdownView(report, { language, ladder: true }).length).toBeLessThan(200_000);
  });
});

describe("markup in values", () => {
  const markdown = markdownView(
    poisoned("</code><script>x</script> [a](javascript:b) ![i](http://e) @all | `c` ```\n# h"),
    { language, ladder: true },
  );

  test.each(Object.entries({ svgView, htmlView }))(
    "is text in %s, and makes no element and no attribute",
    (_name, view) => {
      const quiet = tagsOf(view(poisoned("x"), { language }));
      const loud = tagsOf(
        view(poisoned(`"><script x='y'>&lt;</script><a href=javascript:b onload="c"/> ]]>`), { language }),
      );
      const names = (tags: typeof quiet): string[] => tags.map(({ name }) => name);
      expect(new Set(names(loud))).toEqual(new Set(names(quiet)));
      expect(names(loud)).not.toContain("script");
      expect(loud.filter(({ attributes }) => / (?:on\w+|href|src|style)=/u.test(attributes))).toEqual([]);
    },
  );

  test("is text in Markdown: outside of code every special character is escaped", () => {
    const prose = withoutCode(markdown);
    expect(prose).not.toMatch(/(?<!\\)(?:<script|\[a|!\[i|@all|http:\/\/)/u);
    expect(prose).not.toMatch(/^# h/mu);
  });

  test("does not change the number of cells in a table row", () => {
    const rows = markdown.split("\n").filter((line) => line.startsWith("| "));
    const cells = rows.map((row) => row.replaceAll("\\|", "").split("|").length);
    expect(new Set(cells.slice(0, 3)).size).toBe(1);
    expect(new Set(cells.slice(3)).size).toBe(1);
  });
});

/** What a Markdown reader sees as prose: without fenced blocks and code spans. */
function withoutCode(markdown: string): string {
  const kept: string[] = [];
  let fence = "";
  for (const line of markdown.split("\n")) {
    const opening = /^`{3,}/u.exec(line)?.[0] ?? "";
    if (fence === "" && opening !== "") fence = opening;
    else if (fence !== "" && line === fence) fence = "";
    else if (fence === "") kept.push(line);
  }
  return kept.join("\n").replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/gu, "");
}
