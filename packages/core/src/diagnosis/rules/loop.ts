import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";
import { mayHaveHadFewHops } from "./fewHops.ts";
import { mergedRequest } from "./mergedRequest.ts";
import { type Return, returnOf } from "./returns.ts";

/** Back this often over one link, it is by no application server. */
const ARRIVALS_THAT_SHOW_IT = 4;

/** A request that comes back for the same decision, which no element had meant. */
export interface Loop extends Return {
  readonly proven: boolean;
}

/** A request may pass an element more than once on purpose, through application servers or forwards. RFC 3261 §6, §16.3 */
export function loopOf(root: Transaction, context: Context): Loop | undefined {
  const back = returnOf(root);
  if (back === undefined) return undefined;
  const { arrivals, limit, sameLinkAgain, leaves, spiral, unchanged } = back;
  // For whom a request was that is not in view, nobody knows.
  const isAllInView = arrivals.every(({ request }) => request !== undefined);
  if (limit === undefined || (limit.response.statusCode === 482 && mergedRequest(root, context) !== undefined)) {
    if (!sameLinkAgain || leaves) return undefined;
    const isOpen = arrivals[arrivals.length - 1].finalResponse === undefined;
    return { ...back, limit: undefined, proven: isAllInView && isOpen && arrivals.length >= ARRIVALS_THAT_SHOW_IT };
  }
  // A long way and few hops at the source need no loop.
  const few = mayHaveHadFewHops(root);
  if (few && !sameLinkAgain && arrivals.length < ARRIVALS_THAT_SHOW_IT) return undefined;
  const isRound = sameLinkAgain && (!few || arrivals.length >= ARRIVALS_THAT_SHOW_IT);
  return { ...back, proven: isAllInView && limit.own && (isRound || (spiral && unchanged)) };
}
