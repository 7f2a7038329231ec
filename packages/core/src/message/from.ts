import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The initiator of the request. RFC 3261 §20.20 */
export const from: HeaderField<NameAddr> = nameAddrField({
  name: "From",
  compact: "f",
  single: true,
  citation: "RFC 3261 §20.20",
});
