import { startsWithIgnoringCase } from "../bytes/startsWithIgnoringCase.ts";
import type { HeaderField } from "./headerField.ts";
import { knownFields } from "./knownFields.ts";

/** A header field without a definition. */
export const UNKNOWN_FIELD = 0;
export const VIA_ID = 1;
export const FROM_ID = 2;
export const TO_ID = 3;
export const CALL_ID_ID = 4;
export const CSEQ_ID = 5;
export const CONTENT_LENGTH_ID = 6;
/** A line of the header that is no header field. */
export const NO_FIELD = 127;

const names: readonly string[] = ["", ...knownFields.map((field) => field.name.toLowerCase())];
/** The octets of each name, 32 apart. */
const NAME_ROOM = 32;
const octets: Uint8Array = new Uint8Array(names.length * NAME_ROOM);
const nameWords: DataView = new DataView(octets.buffer);
/** Makes upper-case letters lower-case; lower-case letters and hyphens, of which names consist, have these bits. */
const LOWER = 0x20202020;
const lengths: Uint8Array = new Uint8Array(names.length);
const compacts: Uint8Array = new Uint8Array(32);
/** The first field with a length, first and last letter, and for each field the next one that shares them. */
const buckets: Uint8Array = new Uint8Array(1 << 15);
const chain: Uint8Array = new Uint8Array(128);
const ids: Map<string, number> = new Map();
/** Spellings and unknown names that are remembered too. */
const MOST_NAMES = 1000;

for (const [index, field] of knownFields.entries()) {
  const id = index + 1;
  const name = names[id];
  lengths[id] = name.length;
  for (let i = 0; i < name.length; i++) octets[id * NAME_ROOM + i] = name.charCodeAt(i);
  const bucket = bucketOf(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1));
  chain[id] = buckets[bucket];
  buckets[bucket] = id;
  ids.set(name, id).set(field.name, id);
  if (field.compact === undefined) continue;
  compacts[field.compact.charCodeAt(0) & 31] = id;
  ids.set(field.compact, id);
}

/** The id of the header field whose name or compact form is `bytes[start, end)`, in any case; makes no string. */
export function fieldIdAt(bytes: Uint8Array, words: DataView, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start];
  if (length === 1) return first > 64 ? compacts[first & 31] : UNKNOWN_FIELD;
  let id = buckets[bucketOf(length, first, bytes[end - 1])];
  while (id !== 0 && !isKnownName(id, bytes, words, start, length)) id = chain[id];
  return id;
}

/** Compares four bytes at a time, the last four once more if need be. */
function isKnownName(id: number, bytes: Uint8Array, words: DataView, start: number, length: number): boolean {
  if (lengths[id] !== length) return false;
  const name = id * NAME_ROOM;
  if (length < 4) return startsWithIgnoringCase(bytes, start, start + length, names[id]);
  const at = start + bytes.byteOffset;
  const last = length - 4;
  for (let i = 0; i < last; i += 4) {
    if ((words.getInt32(at + i, true) | LOWER) !== nameWords.getInt32(name + i, true)) return false;
  }
  return (words.getInt32(at + last, true) | LOWER) === nameWords.getInt32(name + last, true);
}

/** The id of a name as written in code or by a person; `UNKNOWN_FIELD` where there is no definition. */
export function fieldIdOfName(name: string): number {
  const known = ids.get(name);
  if (known !== undefined) return known;
  const id = ids.get(name.toLowerCase()) ?? UNKNOWN_FIELD;
  if (ids.size < MOST_NAMES) ids.set(name, id);
  return id;
}

export function fieldOfId(id: number): HeaderField<unknown> | undefined {
  return knownFields[id - 1];
}

function bucketOf(length: number, first: number, last: number): number {
  return ((length & 31) << 10) | ((first & 31) << 5) | (last & 31);
}
