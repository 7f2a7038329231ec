import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Event packages that the sender supports. RFC 6665 §8.2.2 */
export const allowEvents: HeaderField<string> = tokenField({
  name: "Allow-Events",
  compact: "u",
  citation: "RFC 6665 §8.2.2",
});
