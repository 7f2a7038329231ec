import { headerField, type HeaderField } from "./headerField.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { parseNumber } from "./params.ts";
import { isToken } from "./token.ts";

/** Which provisional response a PRACK acknowledges. */
export interface RAck {
  readonly rseq: number;
  readonly cseqNumber: number;
  readonly method: string;
}

/** Which provisional response a PRACK acknowledges. RFC 3262 §7.2 */
export const rack: HeaderField<RAck> = headerField({
  name: "RAck",
  single: true,
  citation: "RFC 3262 §7.2",
  parse(text) {
    const [first, second, method, ...more] = text.split(/[ \t]+/, 4);
    const rseq = parseNumber(first);
    const cseqNumber = parseNumber(second ?? "");
    if (rseq === undefined || cseqNumber === undefined || !isToken(method ?? "") || more.length > 0) return undefined;
    return { rseq, cseqNumber, method };
  },
  flaw: (_text, { rseq, cseqNumber }) => (Math.max(rseq, cseqNumber) > LARGEST_NUMBER ? "field-value" : undefined),
});
