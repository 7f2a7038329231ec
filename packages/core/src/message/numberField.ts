import { headerField, type HeaderField } from "./headerField.ts";
import { parseNumber } from "./params.ts";

/** Largest delta-seconds and sequence number. RFC 3261 §8.1.1.5, §20.19 */
export const LARGEST_NUMBER: number = 2 ** 32 - 1;

/** Defines a header field that is one whole number, not above `largest`. */
export function numberField(
  definition: Pick<HeaderField<number>, "name" | "citation"> & Partial<HeaderField<number>>,
  largest: number = LARGEST_NUMBER,
): HeaderField<number> {
  return headerField({
    single: true,
    parse: parseNumber,
    flaw: (_text, value) => (value > largest ? "field-value" : undefined),
    ...definition,
  });
}
