import { type Uri, userWithoutParameters } from "../../message/uri.ts";

/** Scheme, user, host and port; parameters may change on the way. RFC 3261 §19.1.4 */
export function isSameTarget(one: Uri, other: Uri): boolean {
  return (
    one.scheme === other.scheme &&
    userWithoutParameters(one) === userWithoutParameters(other) &&
    one.host === other.host &&
    portOf(one) === portOf(other)
  );
}

/** RFC 3261 §19.1.2 */
export function portOf({ scheme, port }: Uri): number {
  return port ?? (scheme === "sips" ? 5061 : 5060);
}
