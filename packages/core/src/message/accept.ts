import { headerField, type HeaderField } from "./headerField.ts";
import { type MediaType, mediaTypeFlaw, parseMediaType } from "./mediaType.ts";

/** Body types that are understood. RFC 3261 §20.1 */
export const accept: HeaderField<MediaType> = headerField({
  name: "Accept",
  list: true,
  emptyAllowed: true,
  citation: "RFC 3261 §20.1",
  parse: parseMediaType,
  flaw: mediaTypeFlaw,
});
