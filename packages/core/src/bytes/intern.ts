import { OctetTable } from "./octetTable.ts";
import { decodeText } from "./text.ts";

/** Longer texts are decoded each time. */
const LONGEST = 96;
const table = new OctetTable(1 << 10, LONGEST);
const texts: string[] = new Array<string>(table.slots).fill("");

/**
 * The text of `bytes[start, end)`, the same string object for the same bytes as long as it is in use: Call-IDs, tags and branches
 * come again in every message of a call. Nothing depends on what is remembered.
 */
export function internText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return "";
  if (length > LONGEST) return decodeText(bytes, start, end);
  const slot = table.slotOf(bytes, start, end);
  if (table.holds(slot, bytes, start, end)) return texts[slot];
  const text = decodeText(bytes, start, end);
  texts[slot] = text;
  table.put(slot, bytes, start, end);
  return text;
}
