import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** Octets in the body. RFC 3261 §20.14 */
export const contentLength: HeaderField<number> = numberField({
  name: "Content-Length",
  compact: "l",
  citation: "RFC 3261 §20.14",
});
