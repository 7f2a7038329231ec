import type { HeaderField } from "./headerField.ts";
import type { Parameterized } from "./parameterized.ts";
import { parameterizedField } from "./parameterizedField.ts";

/** Security mechanisms. RFC 3329 §2.2 */
export const securityClient: HeaderField<Parameterized> = parameterizedField({
  name: "Security-Client",
  citation: "RFC 3329 §2.2",
});
