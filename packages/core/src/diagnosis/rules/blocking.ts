import { isKnownPhone } from "../../call/products.ts";
import { reason } from "../../message/reason.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";

/** What a Reason text of such a 603 begins with. ATIS-1000099 */
const ANALYTICS = "v=analytics";

/**
 * True for a 603 with the marks that US carriers use when analytics blocked the call: the phrase `Network Blocked`, or a
 * Reason text that says so. Field practice (603+), no RFC. A phone that rang or that says so itself has a block list of its own.
 */
export function blockedByNetwork(root: Transaction, { response, origin }: Answer): boolean {
  if (isKnownPhone(origin.product) || hasRung(root)) return false;
  if (response.reasonPhrase.toLowerCase().includes("network blocked")) return true;
  return response.all(reason).some(({ text = "" }) => {
    const lower = text.toLowerCase();
    return lower.includes("blocked") || lower.startsWith(ANALYTICS);
  });
}

function hasRung(root: Transaction): boolean {
  return hops(root).some(({ responses }) => responses.some(({ statusCode }) => statusCode === 180));
}
