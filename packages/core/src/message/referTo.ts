import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** Where the referee is asked to send its request. RFC 3515 §2.1 */
export const referTo: HeaderField<NameAddr> = nameAddrField({
  name: "Refer-To",
  compact: "r",
  single: true,
  citation: "RFC 3515 §2.1",
});
