import { describe, expect, test } from "vitest";
import { codeBlock, codeSpan, escapeMarkdown } from "./escapeMarkdown.ts";

describe("prose for Markdown", () => {
  test("keeps plain sentences readable", () => {
    expect(escapeMarkdown("On the proxy 10.9.0.20: answer (once).")).toBe("On the proxy 10.9.0.20: answer (once).");
  });

  test("keeps code spans and escapes around them", () => {
    expect(escapeMarkdown("Send `Contact: *` to *all*")).toBe("Send `Contact: *` to \\*all\\*");
  });

  test("escapes an unpaired backtick", () => {
    expect(escapeMarkdown("a ` b *c*")).toBe("a \\` b \\*c\\*");
  });

  test("escapes runs of backticks, which could end a code span elsewhere", () => {
    expect(escapeMarkdown("`a` ``b``")).toBe("\\`a\\` \\`\\`b\\`\\`");
  });

  test("makes no links, images, mentions, references or markup of what it is given", () => {
    expect(escapeMarkdown("[x](http://a.example) ![y](z) <img src=x> @team #12 www.a.example a|b")).toBe(
      "\\[x\\](http\\://a.example) \\!\\[y\\](z) \\<img src=x\\> \\@team \\#12 www\\.a.example a\\|b",
    );
  });

  test("begins no list or heading underline", () => {
    expect([
      escapeMarkdown("- a"),
      escapeMarkdown("1. a"),
      escapeMarkdown("==="),
      escapeMarkdown("10.9.0.20 said"),
    ]).toEqual(["\\- a", "1\\. a", "\\===", "10.9.0.20 said"]);
  });

  test("keeps everything on one line", () => {
    expect(escapeMarkdown("a\n\n# b")).toBe("a\\\\n\\\\n\\# b");
  });
});

describe("bytes of the wire in code", () => {
  test("cannot end the code span", () => {
    expect(codeSpan("a`` ``` b")).toBe("````a`` ``` b````");
    expect(codeSpan("`a")).toBe("`` `a ``");
  });

  test("cannot end a table cell", () => {
    expect(codeSpan("a|b")).toBe("`a\\|b`");
  });

  test("cannot end the code block", () => {
    expect(codeBlock(["a", "```", "````x", "b\n````"])).toEqual([
      "`````text",
      "a",
      "```",
      "````x",
      "b\\n````",
      "`````",
    ]);
  });
});
