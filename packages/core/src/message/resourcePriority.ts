import type { HeaderField } from "./headerField.ts";
import { tokenField } from "./tokenField.ts";

/** How urgent a request is, as `namespace.priority`. RFC 4412 §3.1 */
export const resourcePriority: HeaderField<string> = tokenField({
  name: "Resource-Priority",
  citation: "RFC 4412 §3.1",
});
