import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Methods that the sender supports. RFC 3261 §20.5 */
export const allow: HeaderField<string> = tokenField({ name: "Allow", emptyAllowed: true, citation: "RFC 3261 §20.5" });
