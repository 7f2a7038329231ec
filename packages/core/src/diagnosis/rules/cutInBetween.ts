import type { Call } from "../../call/call.ts";
import { otherLegs } from "../../call/origin.ts";
import { byeOf, type Dialog } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import type { SipMessage, SipResponse } from "../../message/message.ts";
import { recordRoute } from "../../message/recordRoute.ts";
import { parseUri } from "../../message/uri.ts";
import { via } from "../../message/via.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";

/** An element between both sides of a call that ended it. */
export interface Cut {
  readonly answer: SipResponse;
  /** Those that it ended, the caller's first. */
  readonly dialogs: readonly Dialog[];
  /** What it sent, in order of time. */
  readonly byes: readonly Transaction[];
  /** A proxy that sent both sides a BYE, or one of them as far as is in view; or a B2BUA with both of its legs. */
  readonly way: "both" | "one" | "legs";
  /** True where nobody else can have sent these BYEs. */
  readonly isProven: boolean;
}

/** A B2BUA that ends both of its legs for one reason does it at once. */
const LEGS_END_WITHIN_MICROS = 2_000_000;

/** The element that ended the call, where neither side did. */
export function cutOf(call: Call): Cut | undefined {
  for (const { dialogs } of call.legs) {
    for (const dialog of dialogs) {
      const byes = dialog.requests.filter(({ method }) => method === "BYE");
      // Without the ACK the call was never quite set up, and who answered had to end it. RFC 3261 §13.3.1.4
      if (dialog.answer === undefined || byes.length === 0 || dialog.acks.length === 0) continue;
      const cut = ofProxy(dialog, dialog.answer, byes) ?? ofBackToBack(dialog, dialog.answer, byes, call);
      if (cut !== undefined) return cut;
    }
  }
  return undefined;
}

/** A proxy adds its own Via to what it passes on: a BYE with no other one is the proxy's own. RFC 3261 §16.6 step 8 */
function ofProxy(dialog: Dialog, answer: SipResponse, byes: readonly Transaction[]): Cut | undefined {
  if (byes.some(({ first }) => first.branches.length > 1)) return undefined;
  const way = { answer, dialogs: [dialog] };
  const toCaller = byes.find(({ first }) => first.fromTag === dialog.calleeTag);
  const toCallee = byes.find(({ first }) => first.fromTag === dialog.callerTag);
  if (toCaller !== undefined && toCallee !== undefined) {
    if (!byes.every((bye) => isOfElementBetween(bye, dialog))) return undefined;
    return { ...way, byes: inOrder([toCaller, toCallee]), way: "both", isProven: true };
  }
  const [bye] = byes;
  const isOfProxy = bye === toCaller ? isOfRecordedRoute(bye, dialog, answer) : isOfForwarder(bye, dialog);
  return isOfProxy || isOfElementBetween(bye, dialog)
    ? { ...way, byes: [bye], way: "one", isProven: false }
    : undefined;
}

/** The sender was seen on both of its sides when it passed the INVITE on, with a Via of its own. */
export function isOfElementBetween(bye: Transaction, { invite, callerTag }: Dialog): boolean {
  const { client, server, first, upstream } = bye;
  if (upstream !== undefined || client.host === server.host || first.branches.length !== 1) return false;
  const isToCallee = first.fromTag === callerTag;
  const isEnd = hops(invite).some(
    (hop) =>
      (isToCallee && hop.upstream === undefined && hop.client.host === client.host) ||
      (!isToCallee && hop.downstream.length === 0 && hop.server.host === client.host),
  );
  if (isEnd) return false;
  return hops(invite).some((hop) =>
    hop.downstream.some(
      (next) =>
        next.unseenHops === 0 &&
        next.first.branches.length > hop.first.branches.length &&
        (isToCallee ? next.client.host : hop.server.host) === client.host &&
        isNamed(bye, [...viaHost(next.first), hop.server.address]),
    ),
  );
}

/** The way from the callee goes through it, as it had asked for, and the callee is elsewhere. RFC 3261 §16.6 step 4 */
function isOfRecordedRoute(bye: Transaction, { invite }: Dialog, answer: SipResponse): boolean {
  const { client, upstream } = bye;
  const isOnWay = hops(invite).some(({ server }) => server.host === client.host);
  if (upstream !== undefined || !isOnWay || invite.client.host === client.host) return false;
  const callee = answer.first(contact)?.uri;
  if (callee === undefined || parseUri(callee)?.host === client.address) return false;
  return answer.all(recordRoute).some(({ uri }) => parseUri(uri)?.host === client.address) && isNamed(bye, []);
}

/** The INVITE came from it, and had come to it from somebody else. */
function isOfForwarder(bye: Transaction, { invite }: Dialog): boolean {
  const { client, upstream } = bye;
  return (
    upstream === undefined &&
    invite.client.host === client.host &&
    invite.server.host !== client.host &&
    invite.upstream === undefined &&
    invite.first.branches.length > 1 &&
    isNamed(bye, viaHost(invite.first))
  );
}

/** By its Via it is of whoever sent it, or of an element that goes by one of these names: behind the same NAT there may be others. */
function isNamed({ first, client }: Transaction, names: readonly string[]): boolean {
  return viaHost(first).every((host) => host === client.address || names.includes(host));
}

/** Of the latest element that a request passed. */
function viaHost(message: SipMessage): string[] {
  const host = message.first(via)?.host;
  return host === undefined ? [] : [host];
}

function ofBackToBack(dialog: Dialog, answer: SipResponse, [bye]: readonly Transaction[], call: Call): Cut | undefined {
  const { invite } = dialog;
  if (call.legs.length + call.legs[0].dialogs.length < 3 || isMovedOn(call)) return undefined;
  const end = hops(invite).find(({ server }) => server.host === bye.client.host);
  if (end === undefined || bye.upstream !== undefined) return undefined;
  const others = otherLegs(end, call);
  for (const other of call.legs.flatMap(({ dialogs }) => dialogs)) {
    const next = byeOf(other);
    if (next === undefined || other.answer === undefined || !others.includes(other.invite)) continue;
    if (next.client.host !== other.invite.client.host || next.upstream !== undefined) continue;
    const apart = Math.abs(next.first.packet.timeMicros - bye.first.packet.timeMicros);
    if (apart > LEGS_END_WITHIN_MICROS) continue;
    return { answer, dialogs: [dialog, other], byes: inOrder([bye, next]), way: "legs", isProven: false };
  }
  return undefined;
}

/** A transfer ends calls that nobody hung up. RFC 5589 §6.1, RFC 3891 §3 */
function isMovedOn({ legs, links }: Call): boolean {
  const isTransfer = ["replaces", "referred-by", "transfer"];
  return (
    links.some(({ kind }) => isTransfer.includes(kind)) ||
    legs.some(({ roots }) => roots.some(({ method }) => method === "REFER"))
  );
}

function inOrder(byes: readonly Transaction[]): Transaction[] {
  return byes.toSorted((a, b) => a.first.packet.timeMicros - b.first.packet.timeMicros);
}
