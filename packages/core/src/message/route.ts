import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The proxies that the request must still pass. RFC 3261 §20.34 */
export const route: HeaderField<NameAddr> = nameAddrField({ name: "Route", list: true, citation: "RFC 3261 §20.34" });
