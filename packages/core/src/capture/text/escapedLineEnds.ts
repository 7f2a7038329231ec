/**
 * The lines of a message that a logger printed on one line with its line ends escaped: `#015#012` as syslog daemons do, `<013><010>` as others do, or
 * `\r\n` as programs write strings. Undefined for any other line. `isOpen`: the line before it was of this kind, and its message has not ended.
 */
export function escapedLines(line: string, isOpen: boolean): EscapedLines | undefined {
  if (!isOpen && !line.includes("SIP/2.0")) return undefined;
  const lines = split(line);
  if (lines === undefined) return undefined;
  // What ends in a line end has no line behind it.
  const endsLine = lines.length > 1 && lines.at(-1) === "";
  return { lines: endsLine ? lines.slice(0, -1) : lines, endsLine };
}

export interface EscapedLines {
  readonly lines: readonly string[];
  /** The last one is whole. */
  readonly endsLine: boolean;
}

function split(line: string): readonly string[] | undefined {
  if (line.includes("#012")) return line.replaceAll("#015", "").replaceAll("#011", "\t").split("#012");
  if (line.includes("<010>")) return line.replaceAll("<013>", "").split("<010>");
  if (!line.includes("\\n")) return undefined;
  return line.replaceAll("\\r", "").replaceAll('\\"', '"').split("\\n");
}

/**
 * Where the text begins behind what a logger puts before each line: a time, a host, the program with its number, up to `]: ` or `: `. Two lines with the
 * same words there, numbers aside, are of the same program.
 */
export function tagEnd(line: string): number {
  const bracket = line.indexOf("]: ");
  if (bracket >= 0 && bracket < TAG_LIMIT) return bracket + 3;
  const colon = line.indexOf(": ");
  return colon >= 0 && colon < TAG_LIMIT ? colon + 2 : 0;
}

const TAG_LIMIT = 128;

/** The last word of a tag: `kamailio[421]: `. */
export function tagOf(line: string): string {
  const tag = line.slice(0, tagEnd(line)).trimEnd();
  return tag.slice(tag.lastIndexOf(" ") + 1);
}
