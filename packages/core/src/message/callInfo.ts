import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** More about the caller or callee. RFC 3261 §20.9 */
export const callInfo: HeaderField<NameAddr> = nameAddrField({
  name: "Call-Info",
  list: true,
  citation: "RFC 3261 §20.9",
});
