/**
 * Status codes that say something of these methods only. RFC 3903 §11.2.1, RFC 4028 §6, RFC 3261 §21.4.17, RFC 3903 §6, RFC 6665 §4.2.1.1, RFC 5626 §11.6,
 * RFC 6086 §4.2.2, RFC 6665 §8.3.2, RFC 8599 §8.1, RFC 3312 §8
 */
export const METHODS_OF_CODES: ReadonlyMap<number, readonly string[]> = new Map([
  [412, ["PUBLISH"]],
  [422, ["INVITE", "UPDATE"]],
  [423, ["REGISTER", "SUBSCRIBE", "PUBLISH"]],
  [439, ["REGISTER"]],
  [469, ["INFO"]],
  [489, ["SUBSCRIBE", "NOTIFY", "PUBLISH"]],
  [555, ["REGISTER"]],
  [580, ["INVITE", "UPDATE", "PRACK"]],
]);

/** True where the code says nothing of this method. */
export function isMeantForOthers(method: string, statusCode: number): boolean {
  return METHODS_OF_CODES.get(statusCode)?.includes(method) === false;
}
