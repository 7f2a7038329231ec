import { type Challenge, digestFlaw, parseChallenge } from "./digest.ts";
import { headerField, type HeaderField } from "./headerField.ts";

/** A user agent server or registrar demands credentials. RFC 3261 §20.44 */
export const wwwAuthenticate: HeaderField<Challenge> = headerField({
  name: "WWW-Authenticate",
  citation: "RFC 3261 §20.44",
  parse: parseChallenge,
  flaw: digestFlaw,
});
