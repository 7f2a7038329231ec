import { headerField, type HeaderField } from "./headerField.ts";
import { type Parameterized, paramsFlaw, parseParameterized } from "./parameterized.ts";
import { isToken } from "./token.ts";

/** What the body is for: `session`, `early-session`, `render` … RFC 3261 §20.11 */
export const contentDisposition: HeaderField<Parameterized> = headerField({
  name: "Content-Disposition",
  single: true,
  citation: "RFC 3261 §20.11",
  parse(text) {
    const parsed = parseParameterized(text);
    return isToken(parsed.value) ? { ...parsed, value: parsed.value.toLowerCase() } : undefined;
  },
  flaw: paramsFlaw,
});
