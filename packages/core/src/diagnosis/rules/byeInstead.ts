import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

/**
 * The BYE of the called side to an INVITE of which the caller has got no final response yet. Only after a 2xx may the called side send
 * one: that was lost, or the rule was broken. RFC 3261 §15
 */
export function byeInstead(
  { method, first, index, finalResponse }: Transaction,
  { leg }: Context,
): Transaction | undefined {
  if (method !== "INVITE" || first.toTag !== "" || first.fromTag === "") return undefined;
  const answeredMicros = finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  return leg.roots.find(
    (root) =>
      root.method === "BYE" &&
      root.index > index &&
      root.request?.toTag === first.fromTag &&
      root.first.packet.timeMicros < answeredMicros,
  );
}
