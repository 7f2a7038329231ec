import { expect, test } from "vitest";
import { parsePage } from "./markdown.ts";

const page = [
  "---",
  "summary: One: two",
  "---",
  "## says",
  "First",
  "line.",
  "",
  "Second.",
  "",
  "## fix",
  "### caller",
  "1. Do",
  "   this.",
  "2. That.",
];

test("front matter, paragraphs and steps are told apart", () => {
  expect(parsePage(page.join("\n"), "x.md")).toEqual({
    frontMatter: { summary: "One: two" },
    sections: [
      { key: "says", paragraphs: ["First line.", "Second."], items: [] },
      { key: "fix/caller", paragraphs: [], items: ["Do this.", "That."] },
    ],
  });
});

test("a wrapped line of Japanese is joined without a space", () => {
  expect(parsePage("---\n---\n## says\n話し\n中です。", "x.md").sections[0].paragraphs).toEqual(["話し中です。"]);
});

test("what the grammar does not have is refused with path and line", () => {
  expect(() => parsePage("## says\n", "x.md")).toThrow("x.md:1: no front matter");
  expect(() => parsePage("---\n---\ntext", "x.md")).toThrow("x.md:3: text before the first heading");
  expect(() => parsePage("---\n---\n## a\n#### deep", "x.md")).toThrow("x.md:4:");
});
