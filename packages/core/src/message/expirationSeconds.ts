import { expires } from "./expires.ts";
import type { SipMessage } from "./message.ts";
import type { NameAddr } from "./nameAddr.ts";
import { numberParam } from "./params.ts";

/**
 * How long a binding is asked for, or holds: what its Contact says, else Expires, in seconds; undefined where neither says it. Without a binding
 * what Expires says for the message as a whole. RFC 3261 §10.2.1.1, §10.3 step 7
 */
export function expirationSeconds(message: SipMessage, binding?: NameAddr): number | undefined {
  const own = binding && numberParam(binding.params, "expires");
  return own ?? message.first(expires);
}
