import type { Leg } from "../call/leg.ts";
import { type Transaction, wasAccepted, wasRefused } from "../transaction/transaction.ts";

const NONE: ReadonlySet<Transaction> = new Set();

/**
 * Branches that a proxy out of view had forked and that were refused, while another one of the same INVITE was answered: nothing went
 * wrong with the call. RFC 3261 §16.7 step 5
 */
export function branchesOfAnswered({ roots }: Pick<Leg, "roots">): ReadonlySet<Transaction> {
  if (roots.length < 2) return NONE;
  const invites = roots.filter(({ method, request }) => method === "INVITE" && request?.toTag === "");
  const accepted = invites.filter(wasAccepted);
  const refused = invites.filter((invite) => wasRefused(invite) && !wasAccepted(invite));
  if (accepted.length === 0 || refused.length === 0) return NONE;
  const answered = new Set(accepted.map(keyOf));
  return new Set(refused.filter((invite) => answered.has(keyOf(invite))));
}

/** What the branches of one INVITE have in common: all but the top Via. RFC 3261 §16.6 */
function keyOf({ client, first, cseqNumber }: Transaction): string {
  return [client.address, first.fromTag, cseqNumber, ...first.branches.slice(1)].join(" ");
}
