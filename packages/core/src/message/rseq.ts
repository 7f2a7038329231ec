import type { HeaderField } from "./headerField.ts";
import { numberField } from "./numberField.ts";

/** Number of a reliable provisional response. RFC 3262 §7.1 */
export const rseq: HeaderField<number> = numberField({ name: "RSeq", citation: "RFC 3262 §7.1" });
