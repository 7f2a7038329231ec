import { headerField, type HeaderField } from "./headerField.ts";
import { isToken } from "./token.ts";

/** What the caller wants hidden: `id`, `header`, `none` …; separated by semicolons. RFC 3323 §4.2 */
export const privacy: HeaderField<readonly string[]> = headerField({
  name: "Privacy",
  citation: "RFC 3323 §4.2",
  parse(text) {
    const values = text.split(/[;,]/, 16).map((value) => value.trim().toLowerCase());
    return values.every(isToken) ? values : undefined;
  },
});
