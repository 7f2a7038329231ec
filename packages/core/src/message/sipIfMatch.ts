import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** The published state that a PUBLISH changes. RFC 3903 §11.3.2 */
export const sipIfMatch: HeaderField<string> = tokenField({
  name: "SIP-If-Match",
  list: false,
  single: true,
  citation: "RFC 3903 §11.3.2",
});
