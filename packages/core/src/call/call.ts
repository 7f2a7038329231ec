import type { SipMessage } from "../message/message.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Leg } from "./leg.ts";

export type CallKind = "call" | "registration" | "subscription" | "options" | "message" | "other";

/** What a person calls one call: the legs through B2BUAs, and the calls that transfers caused. */
export interface Call {
  readonly kind: CallKind;
  /** The earliest first: it is the caller's. */
  readonly legs: readonly Leg[];
  readonly links: readonly Link[];
  /** The attempt that decided the outcome: the last INVITE (or other request) of the first leg that was tried. */
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
  | "charging-vector" // icid of P-Charging-Vector, RFC 7315 §4.6
  | "sdp-origin" // the o= line passed through unchanged
  | "media-address" // the same media address and port
  | "call-id-derived" // one Call-ID contains the other
  | "same-users"; // From and To users within a time window

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

/** The last root attempt of the leg's own method that is not inside a dialog: what the outcome is read from. */
export function decidingAttempt(leg: Leg, kind: CallKind): Transaction | undefined {
  const method = attemptMethod(leg, kind);
  let last: Transaction | undefined;
  for (const root of leg.roots) {
    if (root.method !== method || (root.request !== undefined && root.request.toTag !== "" && last !== undefined))
      continue;
    last = root;
  }
  return last;
}

function attemptMethod(leg: Leg, kind: CallKind): string | undefined {
  if (kind === "call") return "INVITE";
  if (kind === "registration") return "REGISTER";
  if (kind === "subscription") return "SUBSCRIBE";
  return leg.roots[0]?.method;
}
