import { escapeTerminal } from "./escapeTerminal.ts";

/**
 * Prose for a Markdown paragraph, heading or table cell. Code spans of the prose stay code spans; everything that could make a link, a
 * mention, markup or a new block is escaped. CommonMark 0.31 §2.4, GitHub Flavored Markdown §6.9.
 */
export function escapeMarkdown(text: string): string {
  const pieces = escapeTerminal(text).split("`");
  const isPaired =
    pieces.length % 2 === 1 &&
    pieces.every((piece, index) => index % 2 === 0 || piece.trim() !== "") &&
    !text.includes("``");
  const markdown = isPaired
    ? pieces.map((piece, index) => (index % 2 === 0 ? escapePunctuation(piece) : codeSpan(piece))).join("")
    : pieces.map(escapePunctuation).join("\\`");
  return markdown.replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/u, (_match, space: string, start: string) =>
    /\d/u.test(start) ? `${space}${start}\\` : `${space}\\${start}`,
  );
}

/** Text from the wire as a code span: nothing in it is markup. Safe in a table cell. */
export function codeSpan(text: string): string {
  const visible = escapeTerminal(text);
  if (visible === "") return "";
  const fence = "`".repeat(longestRun(visible) + 1);
  const padding =
    visible.startsWith("`") || visible.endsWith("`") || (visible.startsWith(" ") && visible.endsWith(" ")) ? " " : "";
  return (fence + padding + visible + padding + fence).replaceAll("|", "\\|");
}

/** Lines from the wire as a code block that they cannot break out of. */
export function codeBlock(lines: readonly string[]): string[] {
  const visible = lines.map(escapeTerminal);
  const fence = "`".repeat(Math.max(3, ...visible.map((line) => longestRun(line) + 1)));
  return [`${fence}text`, ...visible, fence];
}

function escapePunctuation(text: string): string {
  return text.replace(/[\\*_{}[\]<>#|~&@$^]|!(?=\[)|:(?=\/\/)|(?<=www)\./giu, "\\$&");
}

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (let index = 0; index < text.length; index++) {
    run = text.charCodeAt(index) === 0x60 ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
