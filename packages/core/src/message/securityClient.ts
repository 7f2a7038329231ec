import { headerField, type HeaderField } from "./headerField.ts";
import { type Parameterized, paramsFlaw, parseParameterized } from "./parameterized.ts";

/** Security mechanisms. RFC 3329 §2.2 */
export const securityClient: HeaderField<Parameterized> = headerField({
  name: "Security-Client",
  list: true,
  citation: "RFC 3329 §2.2",
  parse(text) {
    const parsed = parseParameterized(text);
    return parsed.value === "" ? undefined : parsed;
  },
  flaw: paramsFlaw,
});
