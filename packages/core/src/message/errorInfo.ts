import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** More about an error response. RFC 3261 §20.18 */
export const errorInfo: HeaderField<NameAddr> = nameAddrField({
  name: "Error-Info",
  list: true,
  citation: "RFC 3261 §20.18",
});
