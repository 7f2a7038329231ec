import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** The organization of the sender. RFC 3261 §20.25 */
export const organization: HeaderField<string> = textField({
  name: "Organization",
  single: true,
  citation: "RFC 3261 §20.25",
});
