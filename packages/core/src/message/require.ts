import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Option tags that the UAS must support. RFC 3261 §20.32 */
export const require: HeaderField<string> = tokenField({ name: "Require", citation: "RFC 3261 §20.32" });
