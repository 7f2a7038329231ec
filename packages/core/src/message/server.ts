import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** The software of the UAS. RFC 3261 §20.35 */
export const server: HeaderField<string> = textField({ name: "Server", single: true, citation: "RFC 3261 §20.35" });
