import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** The software of the UAC. RFC 3261 §20.41 */
export const userAgent: HeaderField<string> = textField({
  name: "User-Agent",
  single: true,
  citation: "RFC 3261 §20.41",
});
