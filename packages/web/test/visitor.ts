import { setTimeout as wait } from "node:timers/promises";

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

/** A machine may be busy with much else. */
const PATIENCE_MILLIS = 60_000;

/** Waits until the expression is true, or fails with it. */
export async function until(visitor: Visitor, expression: string): Promise<void> {
  const end = performance.now() + PATIENCE_MILLIS;
  while (!(await visitor.ask<boolean>(`Boolean(${expression})`))) {
    if (performance.now() > end) throw new Error(`not within ${PATIENCE_MILLIS} ms: ${expression}`);
    await wait(50);
  }
}
