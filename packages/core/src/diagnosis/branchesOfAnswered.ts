import type { Call } from "../call/call.ts";
import type { Leg } from "../call/leg.ts";
import { isSuccess, type Transaction, wasAccepted, wasRefused } from "../transaction/transaction.ts";

const NONE: ReadonlySet<Transaction> = new Set();

/**
 * Branches that were refused while another one of the same INVITE was answered, where a proxy out of view had forked it or a B2BUA rang several: nothing
 * went wrong with the call. RFC 3261 §16.7 step 5
 */
export function branchesOfAnswered(
  { roots }: Pick<Leg, "roots">,
  { legs }: Pick<Call, "legs">,
): ReadonlySet<Transaction> {
  if (roots.length < 2 && legs.length < 3) return NONE;
  const invites = opening(roots);
  const refused = invites.filter((invite) => wasRefused(invite) && !wasAccepted(invite));
  if (refused.length === 0) return NONE;
  const answered = new Set(invites.filter(wasAccepted).map(keyOf));
  return new Set(refused.filter((invite) => answered.has(keyOf(invite)) || rangBesideAnswered(invite, legs)));
}

function opening(transactions: readonly Transaction[]): Transaction[] {
  return transactions.filter(({ method, request }) => method === "INVITE" && request?.toTag === "");
}

/** What the branches of one INVITE have in common: all but the top Via. RFC 3261 §16.6 */
function keyOf({ client, first, cseqNumber }: Transaction): string {
  return [client.address, first.fromTag, cseqNumber, ...first.branches.slice(1)].join(" ");
}

/** Its sender, which had got the call, asked for another one under a Call-ID of its own at the same time, and that one answered. */
function rangBesideAnswered(refused: Transaction, legs: readonly Leg[]): boolean {
  const { client, first } = refused;
  const others = legs.filter(({ callId }) => callId !== first.callId);
  const hadGotIt = others.some(({ transactions }) =>
    opening(transactions).some(
      ({ server, first: { packet } }) => server.host === client.host && packet.timeMicros <= first.packet.timeMicros,
    ),
  );
  const besides = others.flatMap(({ roots }) => opening(roots)).filter((other) => other.client.host === client.host);
  return hadGotIt && besides.some((other) => wereOpenAtOnce(refused, other));
}

function wereOpenAtOnce(refused: Transaction, other: Transaction): boolean {
  const answered = other.responses.find(isSuccess)?.packet.timeMicros ?? Number.NaN;
  const ended = refused.finalResponse?.packet.timeMicros ?? Number.NaN;
  return refused.first.packet.timeMicros < answered && other.first.packet.timeMicros < ended;
}
