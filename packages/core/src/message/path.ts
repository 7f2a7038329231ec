import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The proxies between a user agent and its registrar. RFC 3327 §4 */
export const path: HeaderField<NameAddr> = nameAddrField({ name: "Path", list: true, citation: "RFC 3327 §4" });
