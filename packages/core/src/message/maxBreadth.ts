import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** How many branches may still be opened in parallel. RFC 5393 §5.4 */
export const maxBreadth: HeaderField<number> = numberField({ name: "Max-Breadth", citation: "RFC 5393 §5.4" });
