import { headerField, type HeaderField } from "./headerField.ts";
import { isToken } from "./token.ts";

/** Defines a header field that lists tokens: option tags, methods, event packages. */
export function tokenField(
  definition: Pick<HeaderField<string>, "name" | "citation"> & Partial<HeaderField<string>>,
): HeaderField<string> {
  return headerField({ list: true, parse: parseTokenValue, ...definition });
}

function parseTokenValue(text: string): string | undefined {
  return isToken(text) ? text : undefined;
}
