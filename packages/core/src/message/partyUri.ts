import { from } from "./from.ts";
import type { SipMessage } from "./message.ts";
import { to } from "./to.ts";
import { uriWithoutParameters } from "./uri.ts";

/** The URI in From without parameters; `""` where there is none that can be read. RFC 3261 §20.20 */
export function fromUri(message: SipMessage): string {
  return uriWithoutParameters(message.first(from)?.uri ?? "");
}

/** The URI in To without parameters; `""` where there is none that can be read. RFC 3261 §20.39 */
export function toUri(message: SipMessage): string {
  return uriWithoutParameters(message.first(to)?.uri ?? "");
}
