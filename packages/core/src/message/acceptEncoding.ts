import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Parameterized } from "./parameterized.ts";

/** Content codings that are understood. RFC 3261 §20.2 */
export const acceptEncoding: HeaderField<Parameterized> = headerField({
  name: "Accept-Encoding",
  list: true,
  emptyAllowed: true,
  citation: "RFC 3261 §20.2",
  parse(text) {
    const parsed = parseParameterized(text);
    return parsed.value === "" ? undefined : parsed;
  },
  flaw: paramsFlaw,
});
