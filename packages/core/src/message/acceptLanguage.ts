import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Parameterized } from "./parameterized.ts";

/** Languages for reason phrases and bodies. RFC 3261 §20.3 */
export const acceptLanguage: HeaderField<Parameterized> = headerField({
  name: "Accept-Language",
  list: true,
  emptyAllowed: true,
  citation: "RFC 3261 §20.3",
  parse(text) {
    const parsed = parseParameterized(text);
    return parsed.value === "" ? undefined : parsed;
  },
  flaw: paramsFlaw,
});
