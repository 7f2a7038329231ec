import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The identity that the user agent asks the network to assert. RFC 3325 §9.2 */
export const pPreferredIdentity: HeaderField<NameAddr> = nameAddrField({
  name: "P-Preferred-Identity",
  list: true,
  citation: "RFC 3325 §9.2",
});
