import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** How urgent it is to the receiving person. RFC 3261 §20.26 */
export const priority: HeaderField<string> = tokenField({
  name: "Priority",
  list: false,
  single: true,
  citation: "RFC 3261 §20.26",
});
