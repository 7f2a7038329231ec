import type { Leg } from "../call/leg.ts";
import { type Transaction, wasAccepted } from "../transaction/transaction.ts";

/** Of a branch that was cancelled. RFC 3261 §9.1 */
const REQUEST_TERMINATED = 487;
const NONE: ReadonlySet<Transaction> = new Set();

/**
 * Branches that a proxy out of view had forked and that were refused, while another one of the same INVITE was answered: nothing went
 * wrong with the call. RFC 3261 §16.7 step 5
 */
export function branchesOfAnswered({ roots }: Pick<Leg, "roots">): ReadonlySet<Transaction> {
  if (roots.length < 2) return NONE;
  const invites = roots.filter(({ method, request }) => method === "INVITE" && request?.toTag === "");
  const accepted = invites.filter(wasAccepted);
  const refused = invites.filter(wasRefused);
  if (accepted.length === 0 || refused.length === 0) return NONE;
  const answered = new Set(accepted.map(keyOf));
  return new Set(refused.filter((invite) => answered.has(keyOf(invite))));
}

function wasRefused(invite: Transaction): boolean {
  const statusCode = invite.finalResponse?.statusCode ?? 0;
  return statusCode >= 300 && statusCode !== REQUEST_TERMINATED && !wasAccepted(invite);
}

/** What the branches of one INVITE have in common: all but the top Via. RFC 3261 §16.6 */
function keyOf({ client, first, cseqNumber }: Transaction): string {
  return [client.address, first.fromTag, cseqNumber, ...first.branches.slice(1)].join(" ");
}
