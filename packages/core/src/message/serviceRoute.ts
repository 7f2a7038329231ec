import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The proxies that a registered user agent shall use. RFC 3608 §5 */
export const serviceRoute: HeaderField<NameAddr> = nameAddrField({
  name: "Service-Route",
  list: true,
  citation: "RFC 3608 §5",
});
