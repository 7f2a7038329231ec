import type { HeaderField } from "./headerField.ts";
import type { Parameterized } from "./parameterized.ts";
import { parameterizedField } from "./parameterizedField.ts";

/** Languages for reason phrases and bodies. RFC 3261 §20.3 */
export const acceptLanguage: HeaderField<Parameterized> = parameterizedField({
  name: "Accept-Language",
  emptyAllowed: true,
  citation: "RFC 3261 §20.3",
});
