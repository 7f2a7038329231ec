import { SHORTEST_NUMBER, VISUAL_SEPARATORS, withoutSeparators } from "../message/telephoneNumber.ts";

/** The same user, or the same number written with another prefix or with visual separators. RFC 3966 §5.1.1 */
export function isSameUser(a: string, b: string): boolean {
  if (a === b) return a !== "";
  if (lastDigit(a) !== lastDigit(b)) return false;
  const [one, other] = [withoutPrefix(a), withoutPrefix(b)];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return isNumber(short) && long.endsWith(short);
}

/** The same telephone number: neither a name nor an extension. */
export function isSameNumber(a: string, b: string): boolean {
  return isSameUser(a, b) && [a, b].some((user) => isNumber(withoutPrefix(user)));
}

/** A number begins with + abroad and with zeros at home. */
function withoutPrefix(user: string): string {
  return withoutSeparators(user).replace(/^\+?0*/, "");
}

/** Its code, or that of whatever else stands there, past visual separators: most users differ in it. */
function lastDigit(user: string): number {
  let at = user.length - 1;
  while (at >= 0 && VISUAL_SEPARATORS.includes(user[at])) at--;
  return at < 0 ? 0 : user.charCodeAt(at);
}

function isNumber(user: string): boolean {
  return user.length >= SHORTEST_NUMBER && /^\d+$/.test(user);
}
