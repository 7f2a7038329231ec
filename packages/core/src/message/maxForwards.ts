import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** How many more hops the request may take. RFC 3261 §20.22 */
export const maxForwards: HeaderField<number> = numberField({ name: "Max-Forwards", citation: "RFC 3261 §20.22" }, 255);
