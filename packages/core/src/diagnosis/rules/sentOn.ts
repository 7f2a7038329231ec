import { otherLegs } from "../../call/origin.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";

/** Where the element that answered had sent the request before, also on another leg, the latest last. */
export function sentOn({ lastHop, minted }: Answer, { call }: Context): Transaction[] {
  const all = [...lastHop.downstream, ...otherLegs(lastHop, call)];
  if (all.length === 0) return all;
  return all
    .filter(({ first }) => first.packet.timeMicros <= minted.packet.timeMicros)
    .toSorted((a, b) => a.first.packet.timeMicros - b.first.packet.timeMicros);
}
