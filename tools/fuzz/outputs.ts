import { tagsOf } from "../../packages/core/src/view/markup.fixture.ts";
import { ensure } from "./ensure.ts";

/** What acts on a terminal or misleads its reader. */
const UNSAFE =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;

export function checkPrinted(output: string): string {
  ensure(!/\p{Surrogate}/u.test(output), "a lone surrogate is printed");
  const at = output.search(UNSAFE);
  ensure(at < 0, () => `printed as it is: ${JSON.stringify(output.slice(Math.max(0, at - 40), at + 10))}`);
  return output;
}

export function checkJson(output: string): string {
  JSON.parse(output);
  return output;
}

/** Sound HTML in which nothing runs and nothing is loaded. */
export function checkMarkup(output: string): string {
  for (const { name, attributes } of tagsOf(output)) {
    ensure(!ACTIVE.has(name), () => `an element that acts: ${name}`);
    ensure(!/ on\w+=|javascript:/i.test(attributes), () => `an attribute that acts: ${attributes.slice(0, 100)}`);
  }
  return output;
}

const ACTIVE: ReadonlySet<string> = new Set(["script", "iframe", "object", "embed", "link", "img", "base", "form"]);

/** Nothing outside code that a renderer would take for HTML, a link or a picture. */
export function checkMarkdown(output: string): string {
  let fence = "";
  for (const line of output.split("\n")) {
    const mark = /^`{3,}/.exec(line)?.[0] ?? "";
    if (fence !== "") {
      if (mark === fence && line === fence) fence = "";
      continue;
    }
    if (mark !== "") {
      fence = mark;
      continue;
    }
    const prose = withoutCode(line);
    ensure(!/(?<!\\)(?:\\\\)*<[a-z!/?]/i.test(prose), () => `HTML in Markdown: ${line.slice(0, 200)}`);
    ensure(!/(?<!\\)(?:\\\\)*\]\(/.test(prose), () => `a link in Markdown: ${line.slice(0, 200)}`);
  }
  ensure(fence === "", "a code block is not closed");
  return output;
}

/** Code spans begin and end with equally long runs of backticks. CommonMark 0.31 §6.1 */
function withoutCode(line: string): string {
  return line.replaceAll(/(?<![`\\])(`+)(?!`)(?:[^`]|(?!\1(?!`))`+)*?(?<!`)\1(?!`)/g, "");
}
