import type { SipMessage, SipRequest } from "../message/message.ts";
import { pChargingVector } from "../message/pChargingVector.ts";
import { from } from "../message/from.ts";
import { referredBy } from "../message/referredBy.ts";
import { referTo } from "../message/referTo.ts";
import { replaces } from "../message/replaces.ts";
import { sessionId } from "../message/sessionId.ts";
import { targetDialog } from "../message/targetDialog.ts";
import { uriWithoutParameters } from "../message/uri.ts";
import type { LinkKind } from "./call.ts";
import { namesNobody } from "./legFeatures.ts";

/** What one message says about the other Call-IDs of its call. */
export interface LinkClue {
  readonly kind: LinkKind;
  /** 0 to 1: how sure it is that two messages with this key are of one call. */
  readonly score: number;
  /** Two messages with the same key belong together. */
  readonly key: string;
  /** The Call-ID that it names. */
  readonly callId?: string;
}

/** Header fields in which products carry the Call-ID of the other leg, unless others are given. */
export const defaultCallIdFields: readonly string[] = ["X-CID", "X-Call-ID", "X-Orig-Call-ID", "X-Asterisk-Call-ID"];

/** A Session-ID UUID that is not known yet is all zeroes. RFC 7989 §5 */
const NIL_SESSION = /^0+$/;

/**
 * Clues of the request that starts a leg. A clue that names another Call-ID has the key of that Call-ID itself
 * (`callIdKey`), so it meets the leg whether that one came before or comes later.
 */
export function linkClues(request: SipRequest, callIdFields: readonly string[]): LinkClue[] {
  const clues: LinkClue[] = [];
  for (const name of callIdFields) {
    for (const value of request.values(name)) {
      if (value.trim() !== "") clues.push(namingClue("x-call-id", 0.98, value.trim()));
    }
  }
  const session = request.first(sessionId);
  for (const half of [session?.id, session?.remote]) {
    if (half !== undefined && !NIL_SESSION.test(half))
      clues.push({ kind: "session-id", score: 0.99, key: `session ${half}` });
  }
  for (const { callId } of request.all(replaces)) clues.push(namingClue("replaces", 0.95, callId));
  for (const { callId } of request.all(targetDialog)) clues.push(namingClue("target-dialog", 0.95, callId));
  const icid = request.first(pChargingVector)?.icidValue;
  if (icid !== undefined && icid !== "") clues.push({ kind: "charging-vector", score: 0.95, key: `icid ${icid}` });
  return clues;
}

/** Clues that meet those which a REFER left, the surer one first. A B2BUA may call another URI than the one it was referred to. */
export function transferClues(invite: SipRequest): LinkClue[] {
  const transferee = invite.packet.source.address;
  const referrer = invite.first(referredBy)?.uri;
  const clue = transferClue(transferee, invite.requestUri);
  return referrer === undefined || namesNobody(referrer) ? [clue] : [clue, referrerClue(transferee, referrer)];
}

/**
 * The clues that a REFER leaves: its receiver may soon send an INVITE to the Refer-To URI, and name in it who asked for that.
 * RFC 3515 §2.4.2, RFC 3892 §3
 */
export function referClues(refer: SipMessage): LinkClue[] {
  const target = refer.first(referTo)?.uri;
  if (target === undefined) return [];
  const transferee = refer.packet.destination.address;
  const referrer = refer.first(referredBy)?.uri ?? refer.first(from)?.uri;
  const clue = transferClue(transferee, target);
  return referrer === undefined || namesNobody(referrer) ? [clue] : [clue, referrerClue(transferee, referrer)];
}

/** A REFER asks for one call: its clues join once, and of two equal ones the later counts. */
export function joinsOnce({ kind }: LinkClue): boolean {
  return kind === "transfer" || kind === "referred-by";
}

function namingClue(kind: LinkKind, score: number, callId: string): LinkClue {
  return { kind, score, key: callIdKey(callId), callId };
}

export function callIdKey(callId: string): string {
  return `call-id ${callId}`;
}

function transferClue(transferee: string, target: string): LinkClue {
  return { kind: "transfer", score: 0.9, key: `transfer ${transferee} ${uriWithoutParameters(target)}` };
}

function referrerClue(transferee: string, referrer: string): LinkClue {
  return { kind: "referred-by", score: 0.85, key: `referrer ${transferee} ${uriWithoutParameters(referrer)}` };
}
