import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** Option tags that proxies must support. RFC 3261 §20.29 */
export const proxyRequire: HeaderField<string> = tokenField({ name: "Proxy-Require", citation: "RFC 3261 §20.29" });
