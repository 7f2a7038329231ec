import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** Who asked for the transfer. RFC 3892 §3 */
export const referredBy: HeaderField<NameAddr> = nameAddrField({
  name: "Referred-By",
  compact: "b",
  single: true,
  citation: "RFC 3892 §3",
});
