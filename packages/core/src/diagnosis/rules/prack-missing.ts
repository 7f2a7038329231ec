import { rack } from "../../message/rack.ts";
import { require } from "../../message/require.ts";
import { rseq } from "../../message/rseq.ts";
import { supported } from "../../message/supported.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { beside, longer, secondsBetween } from "../wording.ts";

/** At about T1 and 3*T1: one repetition may be a PRACK that is late. RFC 3262 §3 */
const RETRANSMISSIONS_THAT_SHOW_IT = 2;

/** A reliable provisional response is repeated because no PRACK reaches the side that sent it. RFC 3262 §3, §4 */
export const prackMissing: Rule<"transaction", "prack-missing"> = {
  id: "prack-missing",
  inspects: "transaction",
  citations: ["RFC 3262 §3", "RFC 3262 §4"],
  check(root, context) {
    if (root.method !== "INVITE" || root.request === undefined) return undefined;
    const found = unconfirmed(root, context);
    if (found === undefined) return undefined;
    const { hop, sendings } = found;
    const response = sendings[0];
    const last = sendings[sendings.length - 1];
    const stray = pracksFor(response, context).at(-1);
    const asked = asks100rel(root.request);
    const watched = context.observedUntilMicros - response.packet.timeMicros;
    const proven = watched >= timerB || refusedFor(hop, last);
    return {
      verdict: !proven ? "indeterminate" : stray === undefined ? "likely" : "certain",
      response,
      origin: context.originOf(root, response),
      evidence: [...sendings, { message: response, field: rseq }, ...strayEvidence(stray)],
      missing: !proven
        ? [longer(Math.ceil((timerB - watched) / 1e6))]
        : stray === undefined
          ? [beside(root.client)]
          : [],
      values: {
        client: root.client.text,
        origin: hop.server.text,
        status: `${response.statusCode} ${response.reasonPhrase}`,
        retransmissions: sendings.length - 1,
        seconds: secondsBetween(response, last),
        sent: stray !== undefined ? "other" : asked ? "no" : "unasked",
        rack: stray?.values(rack.name)[0] ?? "",
      },
    };
  },
};

/** True where the INVITE was refused because no PRACK came: the timer or fault that a 5xx speaks of is this one. RFC 3262 §3 */
export function refusedForWantOfPrack(root: Transaction, context: Context): boolean {
  if (root.method !== "INVITE" || root.responses.length <= RETRANSMISSIONS_THAT_SHOW_IT) return false;
  const found = unconfirmed(root, context);
  return found !== undefined && refusedFor(found.hop, found.sendings[found.sendings.length - 1]);
}

interface Unconfirmed {
  readonly hop: Transaction;
  readonly sendings: readonly SipResponse[];
}

/** A reliable provisional response and its repetitions, on the hop nearest to its source. */
function unconfirmed(root: Transaction, context: Context): Unconfirmed | undefined {
  for (const hop of hops(root).toReversed()) {
    if (hop.responses.length <= RETRANSMISSIONS_THAT_SHOW_IT) continue;
    for (const response of hop.responses) {
      if (response.statusCode <= 100 || response.statusCode >= 200 || !response.has(rseq)) continue;
      const sendings = hop.responses.filter((other) => isSame(other, response));
      if (sendings.length <= RETRANSMISSIONS_THAT_SHOW_IT) continue;
      if (!pracksFor(response, context).some((prack) => confirms(prack, response))) return { hop, sendings };
    }
  }
  return undefined;
}

function isSame(other: SipResponse, response: SipResponse): boolean {
  if (other === response) return true;
  if (other.statusCode !== response.statusCode || other.toTag !== response.toTag) return false;
  return other.first(rseq) === response.first(rseq);
}

function pracksFor({ toTag }: SipResponse, { leg }: Context): SipRequest[] {
  return leg.transactions.flatMap(({ method, request }) =>
    method === "PRACK" && request !== undefined && request.toTag === toTag ? [request] : [],
  );
}

function confirms(prack: SipRequest, response: SipResponse): boolean {
  const named = prack.first(rack);
  return named?.rseq === response.first(rseq) && named?.cseqNumber === response.cseqNumber;
}

function asks100rel(invite: SipRequest): boolean {
  return [...invite.all(supported), ...invite.all(require)].some((tag) => tag.toLowerCase() === "100rel");
}

/** After 64*T1 the UAS refuses the INVITE with a 5xx. RFC 3262 §3 */
function refusedFor({ finalResponse }: Transaction, last: SipResponse): boolean {
  return (
    finalResponse !== undefined &&
    finalResponse.statusCode >= 500 &&
    finalResponse.packet.timeMicros >= last.packet.timeMicros
  );
}

function strayEvidence(prack: SipRequest | undefined): Evidence[] {
  return prack === undefined ? [] : [{ message: prack, field: rack }];
}
