import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** What the call is about. RFC 3261 §20.36 */
export const subject: HeaderField<string> = textField({
  name: "Subject",
  compact: "s",
  single: true,
  citation: "RFC 3261 §20.36",
});
