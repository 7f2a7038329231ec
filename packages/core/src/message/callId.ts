import { headerField, type HeaderField } from "./headerField.ts";
import { isWord } from "./token.ts";

/** Identifies all that belongs to one invitation or registration. RFC 3261 §20.8 */
export const callId: HeaderField<string> = headerField({
  name: "Call-ID",
  compact: "i",
  single: true,
  citation: "RFC 3261 §20.8",
  parse: (text) => (text === "" ? undefined : text),
  flaw(text) {
    const at = text.indexOf("@");
    return isWord(text.slice(0, at < 0 ? text.length : at)) && (at < 0 || isWord(text.slice(at + 1)))
      ? undefined
      : "field-syntax";
  },
});
