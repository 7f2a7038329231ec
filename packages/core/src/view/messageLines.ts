import { barePacket, parseMessage } from "../message/parseMessage.ts";
import type { SipMessage } from "../message/message.ts";
import { CR, LF } from "../bytes/ascii.ts";
import { decodeText } from "../bytes/text.ts";
import { unfold } from "../message/unfold.ts";
import { visible } from "./page.ts";

/** One line of a message as a reader sees it. */
export interface MessageLine {
  readonly kind: "start" | "field" | "blank" | "body";
  /** Safe to show; a long one is cut. */
  readonly text: string;
  /** Characters of `text` before the colon of a header field. */
  readonly nameLength: number;
  /** Bytes of the message, without the line end. */
  readonly start: number;
  readonly end: number;
  /** True where it is the proof of a finding. */
  readonly marked: boolean;
}

/** More lines than a reader reads are counted, not shown. */
const linesShown = 2000;
const columnsShown = 2000;

/** A message by its lines; those that a finding quotes are marked. */
export function messageLines(bytes: Uint8Array, quotes: readonly string[] = []): MessageLine[] {
  const message = parseMessage(barePacket(bytes));
  const spans = message === undefined ? bodySpans(bytes, 0) : spansOf(message, bytes);
  return spans.slice(0, linesShown).map(({ kind, start, end }) => {
    const raw = decodeText(bytes, start, Math.min(end, start + columnsShown * 4));
    const text = visible(kind === "field" ? unfold(raw) : raw, columnsShown);
    const nameLength = kind === "field" ? Math.max(0, text.indexOf(":")) : 0;
    return { kind, text, nameLength, start, end, marked: quotes.some((quote) => isQuoted(unfold(raw), quote)) };
  });
}

type LineSpan = Pick<MessageLine, "kind" | "start" | "end">;

function spansOf(message: SipMessage, bytes: Uint8Array): LineSpan[] {
  const fields = Array.from({ length: message.lineCount }, (_, line): LineSpan => {
    return { kind: "field", ...message.lineSpan(line) };
  });
  const bodyStart = message.body.start;
  return [
    { kind: "start", ...message.startLineSpan },
    ...fields,
    ...(bodyStart < bytes.length ? [{ kind: "blank" as const, start: bodyStart, end: bodyStart }] : []),
    ...bodySpans(bytes, bodyStart),
  ];
}

function bodySpans(bytes: Uint8Array, from: number): LineSpan[] {
  const spans: LineSpan[] = [];
  for (let start = from; start < bytes.length && spans.length <= linesShown;) {
    const lineFeed = bytes.indexOf(LF, start);
    const next = lineFeed < 0 ? bytes.length : lineFeed + 1;
    let end = lineFeed < 0 ? bytes.length : lineFeed;
    if (end > start && bytes[end - 1] === CR) end--;
    spans.push({ kind: "body", start, end });
    start = next;
  }
  return spans;
}

/** A quote is a whole line, or the beginning of a long one. */
function isQuoted(line: string, quote: string): boolean {
  if (quote === "") return false;
  return quote.endsWith("…") ? line.startsWith(quote.slice(0, -1)) : line.trimEnd() === quote.trimEnd();
}
