import { type Credentials, digestFlaw, parseCredentials } from "./digest.ts";
import { headerField, type HeaderField } from "./headerField.ts";

/** Credentials for a proxy. RFC 3261 §20.28 */
export const proxyAuthorization: HeaderField<Credentials> = headerField({
  name: "Proxy-Authorization",
  citation: "RFC 3261 §20.28",
  parse: parseCredentials,
  flaw: digestFlaw,
});
