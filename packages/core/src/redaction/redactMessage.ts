import { latin1Bytes, latin1Text } from "../bytes/latin1.ts";
import type { Redactor } from "./redactor.ts";
import { redactBody } from "./redactBody.ts";
import { redactFieldLine } from "./redactField.ts";
import { redactWire } from "./redactWords.ts";

/**
 * A message with everything replaced that tells who and where, and the keys. What the call hangs on stays: methods, codes, tags, branches,
 * sequence numbers. `Content-Length` says the length of the new body. Fields that nobody knows are masked as a whole.
 */
export function redactMessage(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  const { header, body } = splitMessage(latin1Text(bytes));
  const lines = unfoldable(header);
  const redacted = lines.map((line, index) =>
    index === 0 ? redactStartLine(line, redactor) : redactFieldLine(line, redactor),
  );
  const newBody = body === "" ? "" : redactBody(body, contentTypeOf(lines), redactor);
  const head =
    newBody.length === body.length ? redacted : redacted.map((line) => withLength(line, newBody.length - body.length));
  return latin1Bytes(head.join("") + newBody);
}

/** `INVITE sip:… SIP/2.0` or `SIP/2.0 486 …`: methods, codes and registered words stay. */
export function redactStartLine(line: string, redactor: Redactor): string {
  return redactWire(line, redactor);
}

function splitMessage(text: string): { header: string; body: string } {
  // Line breaks before a message keep a connection open. RFC 3261 §7.5
  const start = text.search(/[^\r\n]/u);
  const crlf = text.indexOf("\r\n\r\n", Math.max(0, start));
  const lf = text.indexOf("\n\n", Math.max(0, start));
  const isCrlf = crlf >= 0 && (lf < 0 || crlf < lf);
  const end = isCrlf ? crlf + 4 : lf < 0 ? text.length : lf + 2;
  return { header: text.slice(0, end), body: text.slice(end) };
}

/** The lines with their line ends; a folded line is one. RFC 3261 §7.3.1 */
function unfoldable(header: string): string[] {
  const lines: string[] = [];
  for (const line of header.split(/(?<=\n)/u)) {
    const last = lines.at(-1);
    const isFolded = lines.length > 1 && /^[ \t]/u.test(line) && line.trim() !== "";
    const isLeadingBreak = lines.length === 1 && last!.trim() === "";
    if (isFolded || isLeadingBreak) lines[lines.length - 1] += line;
    else lines.push(line);
  }
  return lines;
}

function contentTypeOf(lines: readonly string[]): string {
  const line = lines.find((each) => /^(?:content-type|c)[ \t]*:/iu.test(each)) ?? "";
  return line
    .slice(line.indexOf(":") + 1)
    .trim()
    .toLowerCase();
}

function withLength(line: string, change: number): string {
  return line.replace(/^((?:content-length|l)[ \t]*:[ \t]*)(\d{1,9})/iu, (_all, name: string, length: string) => {
    return name + Math.max(0, Number(length) + change);
  });
}
