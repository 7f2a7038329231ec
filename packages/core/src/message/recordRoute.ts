import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The proxies that want to stay in the path of the dialog. RFC 3261 §20.30 */
export const recordRoute: HeaderField<NameAddr> = nameAddrField({
  name: "Record-Route",
  list: true,
  citation: "RFC 3261 §20.30",
});
