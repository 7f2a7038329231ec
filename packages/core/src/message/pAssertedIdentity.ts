import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The caller as the network vouches for it. RFC 3325 §9.1 */
export const pAssertedIdentity: HeaderField<NameAddr> = nameAddrField({
  name: "P-Asserted-Identity",
  list: true,
  citation: "RFC 3325 §9.1",
});
