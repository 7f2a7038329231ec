import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** Lifetime of a registration, subscription or invitation, in seconds. RFC 3261 §20.19 */
export const expires: HeaderField<number> = numberField({ name: "Expires", citation: "RFC 3261 §20.19" });
