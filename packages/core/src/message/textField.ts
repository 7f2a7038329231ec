import { headerField, type HeaderField } from "./headerField.ts";

/** Defines a header field of free text. */
export function textField(
  definition: Pick<HeaderField<string>, "name" | "citation"> & Partial<HeaderField<string>>,
): HeaderField<string> {
  return headerField({ emptyAllowed: true, parse: (text) => text, ...definition });
}
