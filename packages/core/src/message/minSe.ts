import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { parseNumber, type Params } from "./params.ts";

/** The shortest session interval that is accepted. */
export interface MinSe {
  readonly seconds: number;
  readonly params: Params;
}

/** The shortest session interval that is accepted. RFC 4028 §5 */
export const minSe: HeaderField<MinSe> = headerField({
  name: "Min-SE",
  single: true,
  citation: "RFC 4028 §5",
  parse(text) {
    const { value, params } = parseParameterized(text);
    const seconds = parseNumber(value);
    return seconds === undefined ? undefined : { seconds, params };
  },
  flaw: (text, { seconds }) => (seconds > LARGEST_NUMBER ? "field-value" : paramsFlaw(text)),
});
