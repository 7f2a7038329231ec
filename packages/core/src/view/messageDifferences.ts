import { fullFieldName } from "../message/fullFieldName.ts";
import { messageLines, type MessageLine } from "./messageLines.ts";

/** A line of one message beside the one it answers to in another; one of them is absent where the other message has none. */
export interface Difference {
  readonly kind: MessageLine["kind"];
  readonly left?: string;
  readonly right?: string;
  readonly same: boolean;
}

/**
 * Two messages side by side: the start lines, each header field with its namesake in whatever order they come, the bodies line by line.
 */
export function messageDifferences(left: Uint8Array, right: Uint8Array): Difference[] {
  const [one, other] = [messageLines(left), messageLines(right)];
  const of = (lines: readonly MessageLine[], kind: MessageLine["kind"]): string[] =>
    lines.flatMap((line) => (line.kind === kind ? [line.text] : []));
  return [
    ...aligned("start", of(one, "start"), of(other, "start")),
    ...fieldDifferences(of(one, "field"), of(other, "field")),
    ...aligned("blank", of(one, "blank"), of(other, "blank")),
    ...aligned("body", of(one, "body"), of(other, "body")),
  ];
}

function fieldDifferences(left: readonly string[], right: readonly string[]): Difference[] {
  const names = [...new Set([...left, ...right].map(nameOf))];
  return names.flatMap((name) => {
    const named = (lines: readonly string[]): string[] => lines.filter((line) => nameOf(line) === name);
    return aligned("field", named(left), named(right));
  });
}

function nameOf(line: string): string {
  const colon = line.indexOf(":");
  return fullFieldName(line.slice(0, colon < 0 ? undefined : colon).trim());
}

/** Lines that are the same stand beside each other, in order; of what is between them the first stands beside the first. */
function aligned(kind: Difference["kind"], left: readonly string[], right: readonly string[]): Difference[] {
  const rows: Difference[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...samePairs(left, right), [left.length, right.length] as const]) {
    while (i < a || j < b) rows.push(row(kind, i < a ? left[i++] : undefined, j < b ? right[j++] : undefined));
    if (a < left.length) rows.push(row(kind, left[i++], right[j++]));
  }
  return rows;
}

function row(kind: Difference["kind"], left: string | undefined, right: string | undefined): Difference {
  return { kind, left, right, same: left === right };
}

/** Longest common subsequence; where both sides are too long for it, only what stands at the same place. */
function samePairs(left: readonly string[], right: readonly string[]): (readonly [number, number])[] {
  if (left.length * right.length > MOST_CELLS) {
    return left.flatMap((line, index) => (line === right[index] ? [[index, index] as const] : []));
  }
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let a = left.length - 1; a >= 0; a--) {
    for (let b = right.length - 1; b >= 0; b--) {
      lengths[a * width + b] =
        left[a] === right[b]
          ? lengths[(a + 1) * width + b + 1] + 1
          : Math.max(lengths[(a + 1) * width + b], lengths[a * width + b + 1]);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0, b = 0; a < left.length && b < right.length;) {
    if (left[a] === right[b]) pairs.push([a++, b++]);
    else if (lengths[(a + 1) * width + b] >= lengths[a * width + b + 1]) a++;
    else b++;
  }
  return pairs;
}

const MOST_CELLS = 250_000;
