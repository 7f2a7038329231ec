import type { HeaderField } from "./headerField.ts";
import { textField } from "./textField.ts";

/** The access network of the caller. RFC 7315 §4.4 */
export const pAccessNetworkInfo: HeaderField<string> = textField({
  name: "P-Access-Network-Info",
  citation: "RFC 7315 §4.4",
});
