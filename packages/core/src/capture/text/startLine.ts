import { isDigit } from "../../bytes/ascii.ts";
import { timestampAt } from "./timestamp.ts";

const VERSION = "SIP/2.0";

/** Where a request or status line starts in a line of a log, or -1: at its beginning, after blanks, or after what a logger puts before each line. */
export function startLineAt(line: string): number {
  const version = line.indexOf(VERSION);
  if (version < 0) return -1;
  const at = isStatusLine(line, version) ? version : requestLineAt(line);
  return at > 0 && !isPrefix(line, at) ? -1 : at;
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

/** Blanks only, or what begins with a time. */
function isPrefix(line: string, end: number): boolean {
  const prefix = line.slice(0, end);
  return prefix.trim() === "" || logTimeAt(prefix) !== undefined;
}

/** The time with which a line of a log begins, behind a priority, a sequence number, a bracket or a star. */
export function logTimeAt(line: string): ReturnType<typeof timestampAt> {
  let at = 0;
  if (line[0] === "<") at = line.indexOf(">") + 1;
  while (at < 24 && isDecoration(line.charCodeAt(at))) at++;
  const time = timestampAt(line, at);
  if (time !== undefined || at > 0) return time;
  const colon = line.indexOf(": ");
  // `000123: *Nov 22 07:04:06.383:`
  if (colon < 1 || colon > 10 || !isDigit(line.charCodeAt(0))) return undefined;
  return timestampAt(line, line[colon + 2] === "*" || line[colon + 2] === "." ? colon + 3 : colon + 2);
}

function isDecoration(code: number): boolean {
  return code === 91 || code === 42 || code === 32;
}
