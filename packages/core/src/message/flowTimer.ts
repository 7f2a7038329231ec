import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** How often to keep the flow alive, in seconds. RFC 5626 §3.5 */
export const flowTimer: HeaderField<number> = numberField({ name: "Flow-Timer", citation: "RFC 5626 §3.5" });
