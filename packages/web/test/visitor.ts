import { until as isTrueInTime } from "../../../test/peers/actor.ts";

/** What somebody does in a browser, as every browser's own protocol can. */
export interface Visitor {
  open(url: string): Promise<void>;
  /** The value of an expression. */
  ask<Value>(expression: string): Promise<Value>;
  /** Text or a key that has a name, into the element. */
  press(selector: string, key: string): Promise<void>;
  click(selector: string): Promise<void>;
  choose(selector: string, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Waits until the expression is true, or fails with it. A page that is being left is not asked further. */
export function until(visitor: Visitor, expression: string): Promise<void> {
  const isTrue = (): Promise<boolean> => visitor.ask<boolean>(`Boolean(${expression})`);
  return isTrueInTime(() => isTrue().catch(falseWhileLeaving), expression);
}

function falseWhileLeaving(error: Error): false {
  if (error.message.includes("Execution context was destroyed")) return false;
  throw error;
}
