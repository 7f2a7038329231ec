import { headerField, type HeaderField } from "./headerField.ts";
import { type MediaType, mediaTypeFlaw, parseMediaType } from "./mediaType.ts";

/** The type of the body. RFC 3261 §20.15 */
export const contentType: HeaderField<MediaType> = headerField({
  name: "Content-Type",
  compact: "c",
  single: true,
  citation: "RFC 3261 §20.15",
  parse: parseMediaType,
  flaw: mediaTypeFlaw,
});
