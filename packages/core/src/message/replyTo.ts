import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** Where to call back. RFC 3261 §20.31 */
export const replyTo: HeaderField<NameAddr> = nameAddrField({
  name: "Reply-To",
  single: true,
  citation: "RFC 3261 §20.31",
});
