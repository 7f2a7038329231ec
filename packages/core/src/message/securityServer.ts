import type { HeaderField } from "./headerField.ts";
import type { Parameterized } from "./parameterized.ts";
import { parameterizedField } from "./parameterizedField.ts";

/** Security mechanisms. RFC 3329 §2.2 */
export const securityServer: HeaderField<Parameterized> = parameterizedField({
  name: "Security-Server",
  citation: "RFC 3329 §2.2",
});
