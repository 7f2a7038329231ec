import type { Dialog, Referral } from "../dialog/dialog.ts";
import { trackDialogs } from "../dialog/trackDialogs.ts";
import { trackReferrals } from "../dialog/trackReferrals.ts";
import type { SipMessage } from "../message/message.ts";
import { joinHops } from "../transaction/joinHops.ts";
import { matchTransactions } from "../transaction/matchTransactions.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** All that shares one Call-ID. */
export interface Leg {
  readonly callId: string;
  /** In order of time, without second sights of one packet. */
  readonly messages: readonly SipMessage[];
  readonly transactions: readonly Transaction[];
  /** Transactions that no other one in view was forwarded as. */
  readonly roots: readonly Transaction[];
  readonly dialogs: readonly Dialog[];
  readonly referrals: readonly Referral[];
}

/** Puts the messages of one Call-ID together. They are in order of time, without duplicates, and at least one. */
export function buildLeg(messages: readonly SipMessage[]): Leg {
  const { transactions, branches } = matchTransactions(messages);
  joinHops(transactions, branches);
  const dialogs = trackDialogs(transactions);
  return {
    callId: messages[0].callId,
    messages,
    transactions,
    roots: transactions.filter((transaction) => transaction.upstream === undefined),
    dialogs,
    referrals: trackReferrals(transactions, dialogs),
  };
}
