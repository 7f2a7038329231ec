import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** `1.0`. RFC 3261 §20.24 */
export const mimeVersion: HeaderField<string> = textField({
  name: "MIME-Version",
  single: true,
  citation: "RFC 3261 §20.24",
});
