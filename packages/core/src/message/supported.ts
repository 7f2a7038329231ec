import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Option tags that the sender supports. RFC 3261 §20.37 */
export const supported: HeaderField<string> = tokenField({
  name: "Supported",
  compact: "k",
  emptyAllowed: true,
  citation: "RFC 3261 §20.37",
});
