import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Option tags that were asked for in vain. RFC 3261 §20.40 */
export const unsupported: HeaderField<string> = tokenField({ name: "Unsupported", citation: "RFC 3261 §20.40" });
