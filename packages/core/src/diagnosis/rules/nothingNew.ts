import type { Dialog } from "../../dialog/dialog.ts";
import type { SipResponse } from "../../message/message.ts";
import { T1 } from "../../transaction/timers.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";

/** True for a 481 to what crossed the end of the call on its way, or that was given before. */
export function isNothingNew(root: Transaction, answer: Answer, dialog: Dialog | undefined): boolean {
  if (crossesRefusal(root, answer, root.cancels)) return true;
  return dialog !== undefined && (crossesEnd(root, answer, dialog) || wasSaidBefore(root, answer, dialog));
}

/** The same side had asked for something inside the call before, and was told there that the call is gone. RFC 3261 §12.2.1.2 */
function wasSaidBefore({ first, index }: Transaction, { response }: Answer, { requests }: Dialog): boolean {
  return requests.some(
    ({ method, first: earlier, finalResponse, index: place }) =>
      place < index &&
      earlier.fromTag === first.fromTag &&
      ASK_FOR_THE_CALL.has(method) &&
      finalResponse?.statusCode === 481 &&
      finalResponse.packet.source === response.packet.source,
  );
}

/** A 481 to another method may be about a subscription or a response. */
const ASK_FOR_THE_CALL: ReadonlySet<string> = new Set(["INFO", "INVITE", "OPTIONS", "UPDATE"]);

/** The call ended while the request was on its way, or its client hung up twice at once: that is all right. RFC 3261 §15.1.2 */
function crossesEnd(root: Transaction, answer: Answer, dialog: Dialog): boolean {
  if (dialog.answer === undefined && crossesRefusal(root, answer, dialog.invite)) return true;
  const sentMicros = root.first.packet.timeMicros;
  return dialog.requests.some(
    ({ method, first, finalResponse }) =>
      method === "BYE" &&
      (first.fromTag !== root.first.fromTag || isSaidTwice(root, finalResponse)) &&
      first.packet.timeMicros <= answer.response.packet.timeMicros &&
      sentMicros <= (finalResponse?.packet.timeMicros ?? first.packet.timeMicros + T1),
  );
}

function isSaidTwice({ method }: Transaction, answer: SipResponse | undefined): boolean {
  return method === "BYE" && answer !== undefined && isSuccess(answer);
}

function crossesRefusal(root: Transaction, { response }: Answer, invite: Transaction | undefined): boolean {
  const refusedMicros = (invite && refusalOf(invite))?.packet.timeMicros ?? Number.NaN;
  return refusedMicros > root.first.packet.timeMicros && refusedMicros <= response.packet.timeMicros;
}

/** The final response of 300 or more. */
export function refusalOf({ finalResponse }: Transaction): SipResponse | undefined {
  return finalResponse !== undefined && finalResponse.statusCode >= 300 ? finalResponse : undefined;
}
