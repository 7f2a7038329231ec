import type { HeaderField } from "./headerField.ts";
import type { NameAddr } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";

/** The logical recipient of the request. RFC 3261 §20.39 */
export const to: HeaderField<NameAddr> = nameAddrField({
  name: "To",
  compact: "t",
  single: true,
  citation: "RFC 3261 §20.39",
});
