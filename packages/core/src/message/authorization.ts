import { type Credentials, digestFlaw, parseCredentials } from "./digest.ts";
import { headerField, type HeaderField } from "./headerField.ts";

/** Credentials for a user agent server or registrar. RFC 3261 §20.7 */
export const authorization: HeaderField<Credentials> = headerField({
  name: "Authorization",
  citation: "RFC 3261 §20.7",
  parse: parseCredentials,
  flaw: digestFlaw,
});
