import { to } from "../../message/to.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { RegisteredState } from "../registrations.ts";
import type { Context } from "../rule.ts";
import { calleeOf } from "../callee.ts";

/**
 * What registrars had said by this time, microseconds since the epoch, about the called party: about who is in To, and after that about whom the
 * request is for, each in order of time.
 */
export function calleeRegistrations(
  root: Transaction,
  untilMicros: number,
  { registrations }: Pick<Context, "registrations">,
): readonly RegisteredState[] {
  return [root.first.first(to)?.uri ?? "", calleeOf(root)].flatMap((uri) =>
    registrations.statesOf(uri).filter(({ timeMicros }) => timeMicros <= untilMicros),
  );
}
