import { callId } from "./callId.ts";
import { headerField, type HeaderField } from "./headerField.ts";
/** The calls that this one answers. RFC 3261 §20.21 */
export const inReplyTo: HeaderField<string> = headerField({
  ...callId,
  name: "In-Reply-To",
  compact: undefined,
  list: true,
  single: false,
  citation: "RFC 3261 §20.21",
});
