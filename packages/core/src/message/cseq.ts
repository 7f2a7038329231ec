import { headerField, type HeaderField } from "./headerField.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { parseNumber } from "./params.ts";
import { isToken, skipSpace } from "./token.ts";

/** Number and method of a request. */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Orders the requests of a dialog and ties a response to its request. RFC 3261 §20.16 */
export const cseq: HeaderField<CSeq> = headerField({
  name: "CSeq",
  single: true,
  citation: "RFC 3261 §20.16",
  parse(text) {
    const space = text.search(/[ \t]/);
    const number = parseNumber(text.slice(0, Math.max(space, 0)));
    const method = text.slice(skipSpace(text, space));
    return number === undefined || !isToken(method) ? undefined : { number, method };
  },
  flaw: (_text, { number }) => (number > LARGEST_NUMBER ? "field-value" : undefined),
});
