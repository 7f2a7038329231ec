import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** A ring tone to play. RFC 3261 §20.4 */
export const alertInfo: HeaderField<NameAddr> = nameAddrField({
  name: "Alert-Info",
  list: true,
  citation: "RFC 3261 §20.4",
});
