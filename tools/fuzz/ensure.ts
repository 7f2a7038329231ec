/** An input has shown a fault. */
export class Broken extends Error {}

/** `what` says what does not hold; only made where it does not. */
export function ensure(holds: boolean, what: string | (() => string)): void {
  if (!holds) throw new Broken(typeof what === "string" ? what : what());
}
