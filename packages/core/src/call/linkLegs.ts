import type { SipMessage, SipRequest } from "../message/message.ts";
import { pChargingVector } from "../message/pChargingVector.ts";
import { referTo } from "../message/referTo.ts";
import { replaces } from "../message/replaces.ts";
import { sessionId } from "../message/sessionId.ts";
import { targetDialog } from "../message/targetDialog.ts";
import { uriWithoutParameters } from "../message/uri.ts";
import type { LinkKind } from "./call.ts";

/** What one message says about the other Call-IDs of its call. */
export interface LinkClue {
  readonly kind: LinkKind;
  /** 0 to 1: how sure it is that two messages with this key are of one call. */
  readonly score: number;
  /** Two messages with the same key belong together. */
  readonly key: string;
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
    for (const value of request.values(name))
      clues.push({ kind: "x-call-id", score: 0.98, key: callIdKey(value.trim()) });
  }
  const session = request.first(sessionId);
  for (const half of [session?.id, session?.remote]) {
    if (half !== undefined && !NIL_SESSION.test(half))
      clues.push({ kind: "session-id", score: 0.99, key: `session ${half}` });
  }
  for (const { callId } of request.all(replaces)) clues.push({ kind: "replaces", score: 0.95, key: callIdKey(callId) });
  for (const { callId } of request.all(targetDialog))
    clues.push({ kind: "target-dialog", score: 0.95, key: callIdKey(callId) });
  const icid = request.first(pChargingVector)?.icidValue;
  if (icid !== undefined) clues.push({ kind: "charging-vector", score: 0.95, key: `icid ${icid}` });
  return clues;
}

/** The clue that meets the one which a REFER left. */
export function transferClue(invite: SipRequest): LinkClue {
  return { kind: "transfer", score: 0.9, key: transferKey(invite.packet.source.address, invite.requestUri) };
}

/** The clue that a REFER leaves: its receiver may soon send an INVITE to the Refer-To URI. RFC 3515 §2.4.2 */
export function referClue(refer: SipMessage): LinkClue | undefined {
  const target = refer.first(referTo)?.uri;
  if (target === undefined) return undefined;
  return { kind: "transfer", score: 0.9, key: transferKey(refer.packet.destination.address, target) };
}

export function callIdKey(callId: string): string {
  return `call-id ${callId}`;
}

function transferKey(transferee: string, target: string): string {
  return `transfer ${transferee} ${uriWithoutParameters(target)}`;
}
