import type { Call } from "../../call/call.ts";
import { otherLegs } from "../../call/origin.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** The request on another leg for which a B2BUA sent this one: it had come to the same element and was not answered yet. */
export function legAbove(root: Transaction, call: Call): Transaction | undefined {
  if (call.legs.length < 2) return undefined;
  const sentMicros = root.first.packet.timeMicros;
  return call.legs
    .flatMap(({ transactions }) => transactions)
    .findLast(
      (at) =>
        at.request?.toTag === "" &&
        at.downstream.length === 0 &&
        !(at.finalResponse !== undefined && at.finalResponse.packet.timeMicros < sentMicros) &&
        otherLegs(at, call).includes(root),
    );
}
