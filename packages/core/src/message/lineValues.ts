import { COLON, COMMA, SPACE } from "../bytes/ascii.ts";
import { OctetTable } from "../bytes/octetTable.ts";
import { decodeText } from "../bytes/text.ts";
import type { HeaderField } from "./headerField.ts";
import { splitOutside } from "./splitOutside.ts";
import { unfold } from "./unfold.ts";

/** Longer lines are decoded each time. */
const LONGEST = 192;
const table = new OctetTable(1 << 8, LONGEST);
const NOTHING: readonly unknown[] = [];
const fields: (HeaderField<unknown> | undefined)[] = new Array<undefined>(table.slots).fill(undefined);
const remembered: (readonly unknown[])[] = Array.from({ length: table.slots }, () => NOTHING);

/**
 * The values that can be read in the header line `bytes[start, end)`, with or without its line end. Most lines come again in other messages of
 * their call, byte for byte: their values are the same objects, as long as they are remembered.
 */
export function lineValues<T>(field: HeaderField<T>, bytes: Uint8Array, start: number, end: number): readonly T[] {
  if (end - start > LONGEST) return readValues(field, bytes, start, end);
  const slot = table.slotOf(bytes, start, end);
  if (fields[slot] === field && table.holds(slot, bytes, start, end)) return remembered[slot] as readonly T[];
  const values = readValues(field, bytes, start, end);
  fields[slot] = field;
  remembered[slot] = values;
  table.put(slot, bytes, start, end);
  return values;
}

function readValues<T>(field: HeaderField<T>, bytes: Uint8Array, start: number, end: number): readonly T[] {
  const line = lineText(bytes, start, end);
  if (!field.list) return parsed(field, [line]);
  return line === "" && field.emptyAllowed ? [] : parsed(field, splitOutside(line, COMMA));
}

function parsed<T>(field: HeaderField<T>, texts: readonly string[]): readonly T[] {
  const values: T[] = [];
  for (const text of texts) {
    const value = field.parse(text);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** What follows the colon of a header line, unfolded and trimmed. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  let to = end;
  while (to > start && bytes[to - 1] <= SPACE) to--;
  let i = start;
  while (i < to && bytes[i] !== COLON) i++;
  i++;
  while (i < to && bytes[i] <= SPACE) i++;
  return i >= to ? "" : unfold(decodeText(bytes, i, to));
}
