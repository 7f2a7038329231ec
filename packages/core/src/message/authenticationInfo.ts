import { COMMA } from "../bytes/ascii.ts";
import { headerField, type HeaderField } from "./headerField.ts";
import { isParam, parseParams, type Params } from "./params.ts";
import { splitOutside } from "./splitOutside.ts";

/** What a server adds after it accepted credentials: `nextnonce`, `rspauth` … RFC 3261 §20.6 */
export const authenticationInfo: HeaderField<Params> = headerField({
  name: "Authentication-Info",
  citation: "RFC 3261 §20.6",
  parse: (text) => parseParams(text, COMMA),
  flaw: (text) => (splitOutside(text, COMMA).every(isParam) ? undefined : "field-syntax"),
});
