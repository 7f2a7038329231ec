import type { HeaderField } from "./headerField.ts";
import type { Parameterized } from "./parameterized.ts";
import { parameterizedField } from "./parameterizedField.ts";

/** Content codings that are understood. RFC 3261 §20.2 */
export const acceptEncoding: HeaderField<Parameterized> = parameterizedField({
  name: "Accept-Encoding",
  emptyAllowed: true,
  citation: "RFC 3261 §20.2",
});
