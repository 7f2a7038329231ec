import { chatPrefixEnd, decorationEnd, logTimeAt } from "./startLine.ts";

/** What stands before each line of a message. */
export interface LinePrefix {
  /** The line without it; undefined if it is another line of the log. */
  strip(line: string): string | undefined;
}

/** How far the end of a prefix may move from line to line: sequence numbers and times change their length. */
const SLACK = 8;

export function linePrefixOf(prefix: string): LinePrefix {
  if (prefix.trim() === "") return indent(prefix);
  if (decorationEnd(prefix) === prefix.length) return { strip: (line) => line.slice(decorationEnd(line)) };
  return logTimeAt(prefix) === undefined ? chatPrefix() : logPrefix(prefix);
}

function indent(prefix: string): LinePrefix {
  return { strip: (line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line) };
}

/** Some chats put a name and a time before the first line only, others before each. */
function chatPrefix(): LinePrefix {
  return { strip: (line) => line.slice(chatPrefixEnd(line)) };
}

/** A time and what follows it up to where the message began: the same words, numbers aside, and blanks on each line, if it is on each line. */
function logPrefix(prefix: string): LinePrefix {
  const words = prefix.trimEnd();
  const mark = words.slice(-2);
  const blanks = prefix.length - words.length;
  const timeEnd = logTimeAt(prefix)?.end ?? 0;
  const isTimeAlone = timeEnd >= words.length;
  const writer = withoutNumbers(words.slice(timeEnd));
  let onEach: boolean | undefined;
  let indentOfOthers = 0;
  return {
    strip(line) {
      const time = logTimeAt(line);
      if (onEach === undefined) {
        onEach = time !== undefined;
        indentOfOthers = onEach ? 0 : blanksAt(line, 0);
      }
      if (time === undefined) return line.slice(Math.min(indentOfOthers, blanksAt(line, 0)));
      if (!onEach) return undefined;
      const at = isTimeAlone ? time.end : markEnd(line, mark, words.length);
      if (at < 0 || at > words.length + SLACK || withoutNumbers(line.slice(time.end, at)) !== writer) return undefined;
      return line.slice(at + Math.min(blanks, blanksAt(line, at)));
    },
  };
}

/** Numbers of processes, lines and milliseconds are others on each line, and are as long as they are. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/[0-9]+/g, "0").replaceAll(/ +/g, " ");
}

/** Where the mark ends in the line: where it did in the first one, or about there; -1 where it does not. */
function markEnd(line: string, mark: string, expected: number): number {
  if (line.startsWith(mark, expected - mark.length)) return expected;
  const at = line.indexOf(mark, Math.max(0, expected - mark.length - SLACK));
  return at < 0 ? -1 : at + mark.length;
}

function blanksAt(line: string, from: number): number {
  let at = from;
  while (line[at] === " ") at++;
  return at - from;
}
