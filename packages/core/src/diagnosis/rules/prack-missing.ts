import { rack } from "../../message/rack.ts";
import { require } from "../../message/require.ts";
import { rseq } from "../../message/rseq.ts";
import { supported } from "../../message/supported.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import type { Endpoint } from "../../network/packet.ts";
import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { secondsBetween } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";

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
    const { hop, sendings, lost } = found;
    const response = sendings[0];
    const last = sendings[sendings.length - 1];
    const stray = lost === undefined ? strayPrack(hop, response, context) : undefined;
    const isStray = stray !== undefined && isOfNoneLater(stray, sendings);
    const held = heldBackBy(hop, response);
    const watched = context.observedUntilMicros - response.packet.timeMicros;
    const proven = watched >= timerB || refusedFor(hop, last);
    const client = held ?? lost?.server ?? root.client;
    return {
      verdict: !proven ? "indeterminate" : isStray ? "certain" : "likely",
      response,
      origin: context.originOf(hop, response),
      evidence: [...sendings, { message: response, field: rseq }, ...prackEvidence(lost?.request ?? stray)],
      missing: !proven ? [longer(Math.ceil((timerB - watched) / 1e6))] : isStray ? [] : [beside(client)],
      values: {
        client: client.text,
        origin: hop.server.text,
        status: `${response.statusCode} ${response.reasonPhrase}`,
        retransmissions: sendings.length - 1,
        seconds: secondsBetween(response, last),
        sent: sentOf(root.request, {
          stray,
          held,
          lost,
          ended: hop.finalResponse !== undefined && !refusedFor(hop, last),
        }),
        rack: stray?.values(rack.name)[0] ?? "",
      },
    };
  },
};

/** True where the INVITE was refused because no PRACK came: the timer or fault that a 5xx speaks of is this one. RFC 3262 §3 */
export function refusedForWantOfPrack(root: Transaction, context: Context): boolean {
  if (root.method !== "INVITE") return false;
  const found = unconfirmed(root, context);
  return found !== undefined && refusedFor(found.hop, found.sendings[found.sendings.length - 1]);
}

interface Unconfirmed {
  readonly hop: Transaction;
  readonly sendings: readonly SipResponse[];
  /** The right PRACK, which got no further than the server of this transaction. */
  readonly lost: Transaction | undefined;
}

/** A reliable provisional response and its repetitions, on the hop nearest to its source. */
function unconfirmed(root: Transaction, context: Context): Unconfirmed | undefined {
  for (const hop of hops(root).toReversed()) {
    if (hop.responses.length <= RETRANSMISSIONS_THAT_SHOW_IT) continue;
    for (const response of hop.responses) {
      if (response.statusCode <= 100 || response.statusCode >= 200 || !response.has(rseq)) continue;
      const sendings = hop.responses.filter((other) => isSame(other, response));
      if (sendings.length <= RETRANSMISSIONS_THAT_SHOW_IT) continue;
      const pracks = pracksOf(response, context);
      const lost = lostOn(hop, pracks, sendings);
      if (pracks.length === 0 || lost !== undefined) return { hop, sendings, lost };
    }
  }
  return undefined;
}

function isSame(other: SipResponse, response: SipResponse): boolean {
  if (other === response) return true;
  if (other.statusCode !== response.statusCode || other.toTag !== response.toTag) return false;
  return other.first(rseq) === response.first(rseq);
}

/** The PRACKs that confirm a response, on every hop. */
function pracksOf(response: SipResponse, context: Context): Transaction[] {
  return allPracks(response, context).filter(({ request }) => confirms(request!, response));
}

function allPracks({ toTag }: SipResponse, { leg }: Context): Transaction[] {
  return leg.transactions.filter(({ method, request }) => method === "PRACK" && request?.toTag === toTag);
}

/** The PRACK as far down as it came, which is not to who repeated the response all the while, and nothing answered it. */
function lostOn(
  hop: Transaction,
  pracks: readonly Transaction[],
  sendings: readonly SipResponse[],
): Transaction | undefined {
  const first = pracks[0];
  if (first === undefined || hop.request === undefined) return undefined;
  if (pracks.some(({ finalResponse }) => finalResponse !== undefined)) return undefined;
  if (pracks.some(({ server }) => server.host === hop.server.host)) return undefined;
  const after = sendings.filter(({ packet }) => packet.timeMicros > first.first.packet.timeMicros).length;
  return after >= RETRANSMISSIONS_THAT_SHOW_IT ? hops(first).at(-1) : undefined;
}

/** A PRACK later than the response that confirms none that the INVITE got. */
function strayPrack({ responses }: Transaction, response: SipResponse, context: Context): SipRequest | undefined {
  return allPracks(response, context)
    .map(({ request }) => request!)
    .findLast(
      (prack) =>
        prack.packet.timeMicros >= response.packet.timeMicros && !responses.some((other) => confirms(prack, other)),
    );
}

/** The numbers rise: a higher one may be of a response that the capture lacks, and the PRACK of this one be missing as well. RFC 3262 §3 */
function isOfNoneLater(stray: SipRequest, [response]: readonly SipResponse[]): boolean {
  return (stray.first(rack)?.rseq ?? 0) <= (response.first(rseq) ?? 0);
}

/** The proxy that got the response and did not pass it on, so that the caller never saw it. */
function heldBackBy({ upstream, client }: Transaction, response: SipResponse): Endpoint | undefined {
  // Guard G2: what goes back to the caller is in view.
  if (upstream === undefined || upstream.responses.length === 0) return undefined;
  return upstream.responses.some((other) => isSame(other, response)) ? undefined : client;
}

interface Circumstances {
  readonly stray: SipRequest | undefined;
  readonly held: Endpoint | undefined;
  readonly lost: Transaction | undefined;
  /** The INVITE was answered for another reason before the 32 s were over. */
  readonly ended: boolean;
}

function sentOf(
  invite: SipRequest,
  { stray, held, lost, ended }: Circumstances,
): "other" | "held" | "lost" | "unasked" | "ended" | "no" {
  if (stray !== undefined) return "other";
  if (held !== undefined) return "held";
  if (lost !== undefined) return "lost";
  if (!asks100rel(invite)) return "unasked";
  return ended ? "ended" : "no";
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

function prackEvidence(prack: SipRequest | undefined): Evidence[] {
  return prack === undefined ? [] : [{ message: prack, field: rack }];
}
