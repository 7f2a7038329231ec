import { isDigit } from "../../bytes/ascii.ts";
import { fieldColon } from "./fieldColon.ts";
import { startLineAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";

/** So many programs may write into one log. */
const MOST_PREFIXES = 16;
const LONGEST_PREFIX = 200;

/**
 * Takes off what is put before each line of a log by whatever collects the output of programs: `asterisk-1  | `, `[pod/sbc-0/sip] `, `sbc-0 sip `. It is known
 * by a start line behind words that are no logger's, and a header field behind the same ones, digits aside, on the next line. A time in it, and what is behind that,
 * is left to be read.
 */
export class SharedPrefixes {
  readonly #emit: (line: string) => void;
  readonly #prefixes: string[] = [];
  /** A line that holds a start line behind something, until the next one shows what that is. */
  #held: string | undefined;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(line: string): void {
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      this.#learn(held, line);
      this.#emit(this.#stripped(held));
    }
    const stripped = this.#stripped(line);
    if (stripped.length === line.length && this.#prefixes.length < MOST_PREFIXES && isBehind(line)) this.#held = line;
    else this.#emit(stripped);
  }

  flush(): void {
    if (this.#held !== undefined) this.#emit(this.#stripped(this.#held));
    this.#held = undefined;
  }

  #learn(first: string, second: string): void {
    const end = startLineAt(first, true);
    if (!isSame(first, second, end) || fieldColon(second, end) < 0) return;
    const prefix = first.slice(0, timeIn(first, end));
    if (prefix.trim() !== "") this.#prefixes.push(prefix);
  }

  #stripped(line: string): string {
    for (const prefix of this.#prefixes) {
      if (isSame(prefix, line, prefix.length)) return line.slice(prefix.length);
      // An empty line may have lost the blank at its end.
      if (line === prefix.trimEnd()) return "";
    }
    return line;
  }
}

/** A start line that is not at the beginning, nor behind what loggers put before lines. */
function isBehind(line: string): boolean {
  const at = startLineAt(line, true);
  return at > 0 && at <= LONGEST_PREFIX && startLineAt(line) < 0;
}

/** The same characters up to there, but for digits. */
function isSame(a: string, b: string, end: number): boolean {
  if (b.length < end) return false;
  for (let i = 0; i < end; i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (one !== other && !(isDigit(one) && isDigit(other))) return false;
  }
  return true;
}

/** Where a time begins behind a blank, before `end`; `end` where none does. */
function timeIn(line: string, end: number): number {
  for (let at = line.indexOf(" ") + 1; at > 0 && at < end; at = line.indexOf(" ", at) + 1) {
    const time = timestampAt(line, at);
    if (time !== undefined && time.end <= end) return at;
  }
  return end;
}
