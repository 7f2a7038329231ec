import { type Challenge, digestFlaw, parseChallenge } from "./digest.ts";
import { headerField, type HeaderField } from "./headerField.ts";

/** A proxy demands credentials. RFC 3261 §20.27 */
export const proxyAuthenticate: HeaderField<Challenge> = headerField({
  name: "Proxy-Authenticate",
  citation: "RFC 3261 §20.27",
  parse: parseChallenge,
  flaw: digestFlaw,
});
