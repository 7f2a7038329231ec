import { type Chain, chains } from "../transaction/chain.ts";
import type { Call } from "./call.ts";
import type { Leg } from "./leg.ts";

/** The chains that end in a leg. Where a challenge was answered under another Call-ID, its chain goes on there. RFC 3261 §22.1 */
export function legChains(leg: Leg, call: Pick<Call, "legs" | "links">): Chain[] {
  const own = chains(leg.roots);
  if (!call.links.some(({ kind }) => kind === "challenge")) return own;
  const opening = own.find(opensLeg);
  const others = own.filter((chain) => chain !== opening);
  const goesOn = call.links.some(({ kind, callIds }) => kind === "challenge" && callIds[0] === leg.callId);
  return opening === undefined || goesOn ? others : [withBefore(opening, leg, call), ...others];
}

/** The chain that opens a leg, after the one whose challenge it answers. */
function withBefore(opening: Chain, { callId }: Leg, call: Pick<Call, "legs" | "links">): Chain {
  const link = call.links.find(({ kind, callIds }) => kind === "challenge" && callIds[1] === callId);
  const challenged = call.legs.find((leg) => leg.callId === link?.callIds[0]);
  const asked = challenged && chains(challenged.roots).find(opensLeg);
  if (challenged === undefined || asked === undefined) return opening;
  const before = withBefore(asked, challenged, call);
  return { transactions: [...before.transactions, ...opening.transactions] };
}

function opensLeg({ transactions: [{ first }] }: Chain): boolean {
  return first.kind === "request" && first.toTag === "";
}
