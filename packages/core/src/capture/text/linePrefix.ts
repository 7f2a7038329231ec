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

/** A time and what follows it up to where the message began; it ends in the same two characters on each line, if it is on each line. */
function logPrefix(prefix: string): LinePrefix {
  const tail = prefix.slice(-2);
  let onEach: boolean | undefined;
  return {
    strip(line) {
      const hasTime = logTimeAt(line) !== undefined;
      onEach ??= hasTime;
      if (!hasTime) return line;
      if (!onEach) return undefined;
      const at = line.indexOf(tail, Math.max(0, prefix.length - tail.length - SLACK));
      if (at >= 0 && at <= prefix.length + SLACK) return line.slice(at + tail.length);
      // An empty line may have lost the blank at the end of its prefix.
      return line.length <= prefix.length + SLACK && line.endsWith(tail.trimEnd()) ? "" : undefined;
    },
  };
}
