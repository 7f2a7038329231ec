import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** What was done to the body. RFC 3261 §20.12 */
export const contentEncoding: HeaderField<string> = tokenField({
  name: "Content-Encoding",
  compact: "e",
  citation: "RFC 3261 §20.12",
});
