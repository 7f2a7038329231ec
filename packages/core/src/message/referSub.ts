import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
/** True where the referrer wants to hear the outcome, or the referee will tell it. RFC 4488 §4 */
export const referSub: HeaderField<boolean> = headerField({
  name: "Refer-Sub",
  single: true,
  citation: "RFC 4488 §4",
  parse(text) {
    const value = parseParameterized(text).value.toLowerCase();
    return value === "true" ? true : value === "false" ? false : undefined;
  },
  flaw: paramsFlaw,
});
