import type { HeaderField } from "./headerField.ts";
import type { Parameterized } from "./parameterized.ts";
import { parameterizedField } from "./parameterizedField.ts";

/** Security mechanisms. RFC 3329 §2.2 */
export const securityVerify: HeaderField<Parameterized> = parameterizedField({
  name: "Security-Verify",
  citation: "RFC 3329 §2.2",
});
