import type { SipResponse } from "../message/message.ts";
import type { Transaction } from "../transaction/transaction.ts";

/** What an INVITE and one of its answers set up. A forked INVITE gives several. RFC 3261 §12 */
export interface Dialog {
  readonly callId: string;
  /** From tag of the INVITE. */
  readonly callerTag: string;
  /** To tag of the answer. */
  readonly calleeTag: string;
  /** The INVITE as the most upstream observer saw it; its hops are `downstream`. */
  readonly invite: Transaction;
  /** First 2xx with this To tag, on the hop nearest to the callee; undefined while the dialog is early. */
  readonly answer: SipResponse | undefined;
  /** ACKs of the 2xx, as seen on every hop. RFC 3261 §13.2.2.4 */
  readonly acks: readonly Transaction[];
  /** Root transactions inside the dialog, in order of time, without ACK and CANCEL. */
  readonly requests: readonly Transaction[];
}

/** The one inside of which this root transaction is. */
export function dialogOf(root: Transaction, dialogs: readonly Dialog[]): Dialog | undefined {
  return dialogs.find(({ requests }) => requests.includes(root));
}

/** What ended it, the first where several did. RFC 3261 §15.1 */
export function byeOf({ requests }: Dialog): Transaction | undefined {
  return requests.find(({ method }) => method === "BYE");
}

/** The implicit subscription that a REFER makes. RFC 3515 §2.4 */
export interface Referral {
  readonly refer: Transaction;
  /** Root NOTIFYs that report on it, in order of time. */
  readonly notifies: readonly Transaction[];
  /** The dialog it was sent in; a REFER may stand alone. */
  readonly dialog: Dialog | undefined;
}

/** A binding kept by REGISTERs of one Call-ID. RFC 3261 §10 */
export interface Registration {
  readonly callId: string;
  /** Root REGISTER transactions, in order of time. */
  readonly registers: readonly Transaction[];
}
