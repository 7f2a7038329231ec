import type { SipResponse } from "../message/message.ts";
import { hops, type Transaction } from "../transaction/transaction.ts";
import type { Dialog } from "./dialog.ts";

interface OpenDialog extends Dialog {
  answer: SipResponse | undefined;
  acks: Transaction[];
  requests: Transaction[];
}

/** The dialogs that the INVITEs of one Call-ID made, by Call-ID and the two tags. RFC 3261 §12.1 */
export function trackDialogs(transactions: readonly Transaction[]): Dialog[] {
  const dialogs = new Map<string, OpenDialog>();
  for (const transaction of transactions) {
    if (transaction.method === "INVITE" && transaction.upstream === undefined) openDialogs(transaction, dialogs);
  }
  if (dialogs.size === 0) return [];
  for (const transaction of transactions) place(transaction, dialogs);
  return [...dialogs.values()];
}

function openDialogs(invite: Transaction, dialogs: Map<string, OpenDialog>): void {
  if (invite.request !== undefined && invite.request.toTag !== "") return;
  for (const hop of hops(invite)) {
    for (const response of hop.responses) {
      if (response.toTag === "" || response.statusCode <= 100 || response.statusCode >= 300) continue;
      const dialog = dialogFor(invite, response, dialogs);
      // The hop nearest to the callee comes last, depth first: its copy of the answer is the closest to the source.
      if (response.statusCode >= 200 && (dialog.answer === undefined || isNewHop(dialog.answer, response))) {
        dialog.answer = response;
      }
    }
  }
}

function isNewHop(known: SipResponse, response: SipResponse): boolean {
  return known.branch !== response.branch || known.packet.source !== response.packet.source;
}

function dialogFor(invite: Transaction, response: SipResponse, dialogs: Map<string, OpenDialog>): OpenDialog {
  const key = dialogKey(response.fromTag, response.toTag);
  const known = dialogs.get(key);
  if (known !== undefined) return known;
  const opened: OpenDialog = {
    callId: response.callId,
    callerTag: response.fromTag,
    calleeTag: response.toTag,
    invite,
    answer: undefined,
    acks: [],
    requests: [],
  };
  dialogs.set(key, opened);
  return opened;
}

function place(transaction: Transaction, dialogs: ReadonlyMap<string, OpenDialog>): void {
  const { first } = transaction;
  if (first.toTag === "" || transaction.method === "CANCEL") return;
  const dialog =
    dialogs.get(dialogKey(first.fromTag, first.toTag)) ?? dialogs.get(dialogKey(first.toTag, first.fromTag));
  if (dialog === undefined || dialog.invite === transaction) return;
  // A response shows the tag it was given: only a request that came with both tags is inside the dialog.
  if (transaction.request === undefined || transaction.request.toTag === "") return;
  if (transaction.method === "ACK") dialog.acks.push(transaction);
  else if (transaction.upstream === undefined) dialog.requests.push(transaction);
}

function dialogKey(callerTag: string, calleeTag: string): string {
  return `${callerTag}\n${calleeTag}`;
}
