import type { SipMessage } from "../message/message.ts";
import type { Endpoint } from "../network/packet.ts";
import { type Transaction, wasAccepted } from "../transaction/transaction.ts";
import type { Leg } from "./leg.ts";

export type CallKind = "call" | "registration" | "subscription" | "options" | "message" | "other";

/** What a person calls one call: the legs through B2BUAs, and the calls that transfers caused. */
export interface Call {
  readonly kind: CallKind;
  /** The caller's first: the earliest, or one that began close to it and led to who opened it. */
  readonly legs: readonly Leg[];
  readonly links: readonly Link[];
  /** The attempt that decided the outcome: the last INVITE (or other request) of the first leg that was tried, `decidingAttempt`. */
  readonly attempt: Transaction | undefined;
}

/** Typed evidence that two Call-IDs are legs of one call. */
export interface Link {
  readonly kind: LinkKind;
  /** 0 to 1. */
  readonly score: number;
  readonly callIds: readonly [string, string];
  /** The two messages that show it. */
  readonly messages: readonly [SipMessage, SipMessage];
}

export type LinkKind =
  | "session-id" // RFC 7989
  | "x-call-id" // X-CID and the like, configurable
  | "replaces" // RFC 3891
  | "target-dialog" // RFC 4538
  | "referred-by" // RFC 3892
  | "transfer" // the INVITE that a REFER asked for
  | "redirect" // the INVITE to a target that a 3xx named, RFC 3261 §8.1.3.4
  | "challenge" // the INVITE with the credentials that a 401 or 407 asked for, RFC 3261 §22
  | "other-offer" // the INVITE with another offer, as soon as the first one was refused
  | "charging-vector" // icid of P-Charging-Vector, RFC 7315 §4.6
  | "sdp-origin" // the o= line passed through unchanged
  | "media-address" // the same media address and port
  | "call-id-derived" // one Call-ID contains the other
  | "same-credentials" // the same answer to a challenge, RFC 7616 §3.4.1
  | "same-users" // From and To users within a time window
  | "same-number" // one of them, a number; the B2BUA writes the other as its own
  | "rung-together" // one of them; rung at once with others, as long as the other one waited
  | "same-answers"; // nothing, but each answer to the one went out for the other at once

const LOOSE: ReadonlySet<LinkKind> = new Set<LinkKind>(["same-number", "rung-together", "same-answers"]);

/** Two calls may have a number, or their answers, in common by chance: nothing that rests on such a link is certain. Guard G5. */
export function isLoose({ kind }: Pick<Link, "kind">): boolean {
  return LOOSE.has(kind);
}

export function callKind(leg: Leg): CallKind {
  let kind: CallKind = "other";
  for (const { method } of leg.transactions) {
    if (method === "INVITE" || method === "BYE" || method === "ACK" || method === "CANCEL") return "call";
    if (kind === "other") kind = kindOfMethod(method);
  }
  return kind;
}

function kindOfMethod(method: string): CallKind {
  if (method === "REGISTER") return "registration";
  if (method === "SUBSCRIBE") return "subscription";
  if (method === "OPTIONS") return "options";
  return method === "MESSAGE" ? "message" : "other";
}

/** The attempt that decided the outcome: one that was answered, else the last, of the first leg and those under which its caller asked again. */
export function callersAttempt({ kind, legs, links }: Pick<Call, "kind" | "legs" | "links">): Transaction | undefined {
  if (links.length === 0) return decidingAttempt(legs[0], kind);
  const attempts = callersLegs(legs, links).map((leg) => decidingAttempt(leg, kind));
  return attempts.findLast((attempt) => attempt !== undefined && wasAccepted(attempt)) ?? attempts.at(-1);
}

/** Links from an attempt of the caller to its next one. */
const ASKED_AGAIN: ReadonlySet<LinkKind> = new Set<LinkKind>(["redirect", "challenge", "other-offer"]);

function callersLegs(legs: readonly Leg[], links: readonly Link[]): Leg[] {
  const found = [legs[0]];
  for (const { kind, callIds } of links) {
    if (!ASKED_AGAIN.has(kind) || !found.some(({ callId }) => callId === callIds[0])) continue;
    const again = legs.find(({ callId }) => callId === callIds[1]);
    if (again !== undefined) found.push(again);
  }
  return found;
}

/**
 * The last root attempt of the leg's own method that is not inside a dialog: what the outcome is read from. Of those that a proxy out of view
 * has forked it is the one whose answer that proxy passes on; what an element behind sends on under the same Call-ID is no attempt of the caller.
 */
export function decidingAttempt(leg: Leg, kind: CallKind): Transaction | undefined {
  const method = attemptMethod(leg, kind);
  const attempts = leg.roots.filter((root) => root.method === method);
  const isInvite = method === "INVITE" && attempts.length > 1;
  let deciding: Transaction | undefined;
  for (const root of isInvite ? ofTheCaller(attempts) : attempts) {
    const isInDialog = root.request !== undefined && root.request.toTag !== "";
    if (deciding === undefined || !(isInDialog || (isInvite && isBetterBranch(deciding, root)))) deciding = root;
  }
  return deciding;
}

/** Without those that leave where an earlier one has arrived: a B2BUA may keep the Call-ID, with tags, CSeq and Via of its own. */
function ofTheCaller(invites: readonly Transaction[]): Transaction[] {
  const arrivedAt = new Set<Endpoint | string>();
  const caller = invites[0].client.host;
  return invites.filter(({ client, server }) => {
    const isBehind = arrivedAt.has(client) || (client.host !== caller && arrivedAt.has(client.host));
    arrivedAt.add(server).add(server.host);
    return !isBehind;
  });
}

/** True where both are branches of one INVITE, open at the same time, and the earlier one counts. RFC 3261 §16.7 */
function isBetterBranch(earlier: Transaction, later: Transaction): boolean {
  if (earlier.cseqNumber !== later.cseqNumber || earlier.first.fromTag !== later.first.fromTag) return false;
  const endMicros = earlier.finalResponse?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
  return endMicros > later.first.packet.timeMicros && preference(earlier) > preference(later);
}

/** A 2xx before one that still rings, then the best answer: 6xx, else the lowest class. One that nobody answers tells nothing. RFC 3261 §16.7 step 6 */
function preference(attempt: Transaction): number {
  const { responses, finalResponse, cancel } = attempt;
  if (wasAccepted(attempt)) return 9;
  if (finalResponse === undefined) return responses.length > 0 && cancel === undefined ? 8 : 0;
  const hundreds = Math.floor(finalResponse.statusCode / 100);
  return hundreds === 6 ? 7 : 6 - hundreds;
}

function attemptMethod(leg: Leg, kind: CallKind): string | undefined {
  if (kind === "call") return "INVITE";
  if (kind === "registration") return "REGISTER";
  if (kind === "subscription") return "SUBSCRIBE";
  return leg.roots[0]?.method;
}
