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
  const dialogs = new Dialogs();
  for (const transaction of transactions) {
    if (transaction.method === "INVITE" && transaction.upstream === undefined) openDialogs(transaction, dialogs);
  }
  if (dialogs.size === 0) return [];
  for (const transaction of transactions) place(transaction, dialogs);
  return dialogs.all();
}

/** The dialogs of one Call-ID by the two tags. */
class Dialogs {
  readonly #byTags: Map<string, OpenDialog> = new Map();
  /** What is asked for is most often this one: the key of another is a text to be made. */
  #last: OpenDialog | undefined;

  get size(): number {
    return this.#byTags.size;
  }

  all(): OpenDialog[] {
    return [...this.#byTags.values()];
  }

  find(callerTag: string, calleeTag: string): OpenDialog | undefined {
    if (this.#last?.callerTag === callerTag && this.#last.calleeTag === calleeTag) return this.#last;
    const found = this.#byTags.get(keyOf(callerTag, calleeTag));
    this.#last = found ?? this.#last;
    return found;
  }

  add(dialog: OpenDialog): void {
    this.#byTags.set(keyOf(dialog.callerTag, dialog.calleeTag), dialog);
    this.#last = dialog;
  }
}

function keyOf(callerTag: string, calleeTag: string): string {
  return `${callerTag}\n${calleeTag}`;
}

function openDialogs(invite: Transaction, dialogs: Dialogs): void {
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

function dialogFor(invite: Transaction, response: SipResponse, dialogs: Dialogs): OpenDialog {
  const { fromTag, toTag } = response;
  const known = dialogs.find(fromTag, toTag);
  if (known !== undefined) return known;
  const opened: OpenDialog = {
    callId: response.callId,
    callerTag: fromTag,
    calleeTag: toTag,
    invite,
    answer: undefined,
    acks: [],
    requests: [],
  };
  dialogs.add(opened);
  return opened;
}

function place(transaction: Transaction, dialogs: Dialogs): void {
  const { fromTag, toTag } = transaction.first;
  if (toTag === "" || transaction.method === "CANCEL") return;
  const dialog = dialogs.find(fromTag, toTag) ?? dialogs.find(toTag, fromTag);
  if (dialog === undefined || dialog.invite === transaction) return;
  // A response shows the tag it was given: only a request that came with both tags is inside the dialog.
  if (transaction.request === undefined || transaction.request.toTag === "") return;
  if (transaction.method === "ACK") dialog.acks.push(transaction);
  else if (transaction.upstream === undefined) dialog.requests.push(transaction);
}
