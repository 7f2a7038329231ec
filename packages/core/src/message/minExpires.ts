import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** The shortest lifetime that the server grants, in seconds. RFC 3261 §20.23 */
export const minExpires: HeaderField<number> = numberField({ name: "Min-Expires", citation: "RFC 3261 §20.23" });
