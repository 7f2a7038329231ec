import { knownFields } from "./knownFields.ts";

/** The name of a header field in lower case, its compact form written out: `via` of `v`. RFC 3261 §7.3.3 */
export function fullFieldName(name: string): string {
  const lower = name.toLowerCase();
  return lower.length === 1 ? (compactNames.get(lower) ?? lower) : lower;
}

const compactNames: ReadonlyMap<string, string> = new Map(
  knownFields.flatMap(({ name, compact }) => (compact === undefined ? [] : [[compact, name.toLowerCase()] as const])),
);
