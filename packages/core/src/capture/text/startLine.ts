import { isDigit } from "../../bytes/ascii.ts";
import { timestampAt } from "./timestamp.ts";

const VERSION = "SIP/2.0";

/**
 * Where a request or status line starts in a line of a log, or -1: at its beginning, after blanks, or after what a logger puts before each line; with
 * `anywhere` after whatever stands before it.
 */
export function startLineAt(line: string, anywhere: boolean = false): number {
  const version = line.indexOf(VERSION);
  if (version < 0) return -1;
  const at = isStatusLine(line, version) ? version : requestLineAt(line);
  return at > 0 && !anywhere && !isPrefix(line, at) ? -1 : at;
}

/** `SIP/2.0 486`. */
function isStatusLine(line: string, at: number): boolean {
  for (let i = at + 8; i < at + 11; i++) if (!isDigit(line.charCodeAt(i))) return false;
  return line[at + 7] === " " && (line.length === at + 11 || line[at + 11] === " ");
}

/** A method in capitals, a URI with a scheme, the version at the end of the line. */
function requestLineAt(line: string): number {
  const end = line.trimEnd();
  if (!end.endsWith(` ${VERSION}`)) return -1;
  const uriEnd = end.length - VERSION.length - 1;
  const uri = end.lastIndexOf(" ", uriEnd - 1) + 1;
  if (uri <= 1 || !end.slice(uri, uriEnd).includes(":")) return -1;
  let at = uri - 1;
  while (at > 0 && isCapital(end.charCodeAt(at - 1))) at--;
  return uri - 1 - at >= 2 ? at : -1;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Blanks only, the mark of a list, a name in a chat, or what a logger puts before a line. */
function isPrefix(line: string, end: number): boolean {
  const prefix = line.slice(0, end);
  if (prefix.trim() === "" || decorationEnd(prefix) === end || chatPrefixEnd(prefix) === end) return true;
  return logTimeAt(prefix) !== undefined || isNumberedTag(prefix);
}

/** What Kamailio prints before a line where nobody adds a time: ` 1(792) NOTICE: <script>: `. */
function isNumberedTag(prefix: string): boolean {
  const text = prefix.trimStart();
  let at = 0;
  while (at < 5 && isDigit(text.charCodeAt(at))) at++;
  const number = at + 1;
  if (at === 0 || text[at] !== "(" || !isDigit(text.charCodeAt(number))) return false;
  const close = text.indexOf(") ", number);
  return close > number && close - number < 10 && prefix.endsWith(": ");
}

/** Where a line begins behind the numbers or marks that a list puts before each: `  12. `, `41396 `, `- `; 0 if there are none. */
export function decorationEnd(line: string): number {
  let end = 0;
  for (let marks = 0; marks < 2; marks++) {
    const next = markEnd(line, end);
    if (next === end) break;
    end = next;
  }
  return end;
}

function markEnd(line: string, from: number): number {
  let at = from;
  while (line[at] === " " || line[at] === "\t") at++;
  const digits = at;
  while (at < digits + 7 && isDigit(line.charCodeAt(at))) at++;
  if (at > digits) at += ".:)|".includes(line[at] ?? " ") ? 1 : 0;
  else if (line[at] === "-" || line[at] === "*" || line[at] === "|") at++;
  else return from;
  if (at === line.length) return at;
  if (line[at] !== " " && line[at] !== "\t") return from;
  return at + 1;
}

/** Where a line begins behind the time and the name that a chat puts before it: `[22/11/26, 07:06] Alice: `, `22/11/26, 07:06 - Alice: `; 0 if they are not there. */
export function chatPrefixEnd(line: string): number {
  const isBracketed = line[0] === "[";
  const close = isBracketed ? line.indexOf("] ") : line.indexOf(" - ");
  if (close < 4 || close > 32 || !hasClock(line.slice(0, close)) || (!isBracketed && !isDigit(line.charCodeAt(0))))
    return 0;
  const name = close + (isBracketed ? 2 : 3);
  const colon = line.indexOf(": ", name);
  const angle = line[name] === "<" ? line.indexOf("> ", name) : -1;
  const end = angle >= 0 ? angle : colon;
  return end >= 0 && end - name < 48 ? end + 2 : 0;
}

/** Two digits behind a colon. */
function hasClock(text: string): boolean {
  const colon = text.indexOf(":");
  return colon > 0 && isDigit(text.charCodeAt(colon - 1)) && isDigit(text.charCodeAt(colon + 1));
}

/** The time with which a line of a log begins, behind a priority, a sequence number, a bracket or a star. */
export function logTimeAt(line: string): ReturnType<typeof timestampAt> {
  let at = 0;
  if (line[0] === "<") at = line.indexOf(">") + 1;
  // FreeSWITCH names the call first.
  else if (line[8] === "-" && line[23] === "-" && line[36] === " " && UUID.test(line)) at = 37;
  while (at < 40 && isDecoration(line.charCodeAt(at))) at++;
  const time = timestampAt(line, at);
  if (time !== undefined || at > 0) return time;
  if (!isDigit(line.charCodeAt(0))) return undefined;
  const level = behindLevel(line);
  if (level > 0) return timestampAt(line, level);
  const colon = line.indexOf(": ");
  // `000123: *Nov 22 07:04:06.383:`
  if (colon < 1 || colon > 10) return undefined;
  return timestampAt(line, line[colon + 2] === "*" || line[colon + 2] === "." ? colon + 3 : colon + 2);
}

/** Behind the number and the level that Cisco's phones begin with: `4583 DEB Nov 22 07:04:06.383193`; 0 for another line. */
function behindLevel(line: string): number {
  const level = line.indexOf(" ") + 1;
  if (level < 2 || level > 8 || line[level + 3] !== " ") return 0;
  return [0, 1, 2].every((at) => isCapital(line.charCodeAt(level + at))) ? level + 4 : 0;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} /;

function isDecoration(code: number): boolean {
  return code === 91 || code === 42 || code === 32;
}
