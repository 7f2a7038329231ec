import type { Dialog } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Context, Evidence, Missing, Rule, Verdict } from "../rule.ts";
import { beside, calleeOf, longer, secondsBetween } from "../wording.ts";
import { misdeliveryOf } from "./misdelivery.ts";
import { winnerOver } from "./extraAnswer.ts";
import { ofOtherPrivateRange, unreachableFrom } from "./reachability.ts";

/** At about T1 and 3*T1: an answer that is merely late is repeated once. RFC 3261 §13.3.1.4 */
const RETRANSMISSIONS_THAT_SHOW_IT = 2;

/** A 2xx to INVITE is repeated because no ACK reaches the side that sent it. RFC 3261 §13.2.2.4, §13.3.1.4 */
export const ackMissing: Rule<"dialog", "ack-missing"> = {
  id: "ack-missing",
  inspects: "dialog",
  citations: ["RFC 3261 §13.3.1.4", "RFC 3261 §13.2.2.4"],
  restsOnSides: ["ack-misrouted"],
  check(dialog, context) {
    const { answer } = dialog;
    if (winnerOver(dialog, context.leg.dialogs) !== undefined) return undefined;
    const sendings = answer === undefined ? [] : sendingsOf(dialog, answer);
    if (answer === undefined || sendings.length <= RETRANSMISSIONS_THAT_SHOW_IT) return undefined;
    if (misdeliveryOf(dialog.invite) !== undefined) return undefined;
    const ack = furthestAck(dialog);
    if (ack !== undefined && wasHeeded(ack, answer, sendings)) return undefined;
    const last = sendings[sendings.length - 1];
    const { cause, verdict, missing } = guarded(causeOf(dialog, answer, ack), dialog, answer, context);
    const evidence: Evidence[] = [...sendings, ...(ack === undefined ? [] : [ack.first])];
    if (answer.has(contact)) evidence.push({ message: answer, field: contact });
    return {
      verdict,
      cause,
      response: answer,
      origin: context.originOf(dialog.invite, answer),
      evidence,
      missing,
      values: {
        callee: calleeOf(dialog.invite),
        origin: answer.packet.source.text,
        client: dialog.invite.client.text,
        contact: uriWithoutParameters(answer.first(contact)?.uri ?? ""),
        retransmissions: sendings.length - 1,
        seconds: secondsBetween(sendings[0], last),
        ackFrame: ack?.first.packet.frame ?? 0,
        lostAt: ack?.server.text ?? "",
      },
    };
  },
};

/** The 2xx and its retransmissions on the hop nearest to its source. */
function sendingsOf({ invite, calleeTag }: Dialog, answer: SipResponse): SipResponse[] {
  const hop = hops(invite).find(({ responses }) => responses.includes(answer));
  return (hop?.responses ?? []).filter(
    ({ statusCode, toTag }) => statusCode >= 200 && statusCode < 300 && toTag === calleeTag,
  );
}

/** The ACK that was seen furthest on its way. */
function furthestAck({ acks }: Dialog): Transaction | undefined {
  return acks.findLast(({ downstream }) => downstream.length === 0);
}

/** The ACK got where it had to, and the repetitions stopped. */
function wasHeeded(ack: Transaction, answer: SipResponse, sendings: readonly SipResponse[]): boolean {
  const ackMicros = ack.first.packet.timeMicros;
  const after = sendings.filter(({ packet }) => packet.timeMicros > ackMicros).length;
  if (ack.server.address !== answer.packet.source.address) return after === 0;
  return after <= RETRANSMISSIONS_THAT_SHOW_IT;
}

/** Guards G1 and G2: what the caller sent was in view, and for long enough, or the other side gave up waiting. */
function guarded(reasoned: Reasoned, dialog: Dialog, answer: SipResponse, context: Context): Reasoned {
  const { invite, requests, calleeTag } = dialog;
  if (reasoned.verdict === "certain" || dialog.acks.length > 0) return reasoned;
  if (invite.request === undefined) {
    const { client, server } = invite;
    const values = { source: server.text, destination: client.text, filter: `host ${client.address}` };
    return { ...reasoned, verdict: "indeterminate", missing: [{ kind: "other-direction", values }] };
  }
  const watched = context.observedUntilMicros - answer.packet.timeMicros;
  const gaveUp = requests.some(({ method, first }) => method === "BYE" && first.fromTag === calleeTag);
  if (watched >= timerB || gaveUp) return reasoned;
  return { ...reasoned, verdict: "indeterminate", missing: [longer(Math.ceil((timerB - watched) / 1e6))] };
}

interface Reasoned {
  readonly cause: "contact-unroutable" | "contact-absent" | "ack-misrouted" | "ack-lost" | "ack-not-sent";
  readonly verdict: Verdict;
  readonly missing: readonly Missing[];
}

function causeOf({ invite }: Dialog, answer: SipResponse, ack: Transaction | undefined): Reasoned {
  const target = answer.first(contact)?.uri;
  if (target === undefined) return { cause: "contact-absent", verdict: "certain", missing: [] };
  if (ack !== undefined) {
    const asked = ack.request?.requestUri ?? "";
    const fits = uriWithoutParameters(asked) === uriWithoutParameters(target);
    if (fits && ofOtherPrivateRange(target, answer.packet.source.address))
      return { cause: "contact-unroutable", verdict: "likely", missing: [beside(ack.server)] };
    return { cause: fits ? "ack-lost" : "ack-misrouted", verdict: "likely", missing: [beside(ack.server)] };
  }
  const client = invite.client;
  if (unreachableFrom(target, client.address))
    return { cause: "contact-unroutable", verdict: "likely", missing: [beside(client)] };
  return { cause: "ack-not-sent", verdict: "likely", missing: [beside(client)] };
}
