import { formatText } from "./format.ts";
import type { Message, Pattern } from "./language.ts";

/** A sentence taken apart: `formatText(pattern, values, locale)` is the sentence again. */
export interface ReadSentence {
  /** The message itself, or the one of its variants that was taken. */
  readonly pattern: Pattern;
  /** As they stand in the sentence; a value that only chose the variant is not among them. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * What was filled into a message, found again in the sentence; `undefined` where the sentence is none of the message. Where a value
 * holds words of the message itself, the first reading is taken.
 */
export function readSentence(message: Message, sentence: string, locale: string): ReadSentence | undefined {
  const patterns =
    typeof message === "object" && "select" in message ? message.variants.map(({ pattern }) => pattern) : [message];
  for (const pattern of patterns) {
    const values = valuesOfPattern(pattern, sentence);
    if (values !== undefined && formatText(pattern, values, locale) === sentence) return { pattern, values };
  }
  return undefined;
}

function valuesOfPattern(pattern: Pattern, sentence: string): Record<string, string> | undefined {
  const pieces = typeof pattern === "string" ? [pattern] : pattern;
  const values: Record<string, string> = {};
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === "string") {
      if (!sentence.startsWith(piece, at)) return undefined;
      at += piece.length;
      continue;
    }
    const next = pieces[index + 1];
    const isLast = index === pieces.length - 1;
    const end = isLast
      ? sentence.length
      : typeof next === "string"
        ? endBefore(sentence, next, at, index + 2 === pieces.length)
        : -1;
    if (end < at) return undefined;
    values[piece.value] = sentence.slice(at, end);
    at = end;
  }
  return at === sentence.length ? values : undefined;
}

function endBefore(sentence: string, literal: string, from: number, isEnd: boolean): number {
  if (!isEnd) return sentence.indexOf(literal, from);
  return sentence.endsWith(literal) ? sentence.length - literal.length : -1;
}
