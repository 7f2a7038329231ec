import type { AnomalyKind } from "./anomaly.ts";

/** What can be wrong with one value of a header field. */
export type Flaw = Extract<AnomalyKind, "field-syntax" | "field-value" | "escape">;

/** A header field: its names, and how one of its values reads. */
export interface HeaderField<T> {
  /** As its RFC writes it: `Call-ID`. */
  readonly name: string;
  /** One lower-case letter. RFC 3261 §7.3.3 */
  readonly compact?: string;
  /** True where several values may stand in one line, separated by commas. RFC 3261 §7.3.1 */
  readonly list: boolean;
  /** True where it may occur once only. */
  readonly single?: boolean;
  /** True where the grammar allows no value at all (`Supported:`). */
  readonly emptyAllowed?: boolean;
  /** Where its grammar is: `RFC 3261 §20.8`. */
  readonly citation: string;
  /** One value, unfolded and trimmed. As tolerant as it can be without guessing; `undefined` where nothing can be read. */
  parse(text: string): T | undefined;
  /** What breaks the grammar or a limit in a value that `parse` could read nevertheless. */
  flaw?(text: string, value: T): Flaw | undefined;
}

/** Defines a header field; a value may occur once and alone unless said otherwise. */
export function headerField<T>(
  definition: Pick<HeaderField<T>, "name" | "parse"> & Partial<HeaderField<T>>,
): HeaderField<T> {
  const { name, compact, list = false, single, emptyAllowed, citation = "RFC 3261 §7.3.1", parse, flaw } = definition;
  // Written out: all of them are of one shape then, and asked for many times in each message.
  return { name, compact, list, single, emptyAllowed, citation, parse, flaw };
}
