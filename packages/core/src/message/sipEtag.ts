import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** The name of a published state. RFC 3903 §11.3.1 */
export const sipEtag: HeaderField<string> = tokenField({
  name: "SIP-ETag",
  list: false,
  single: true,
  citation: "RFC 3903 §11.3.1",
});
