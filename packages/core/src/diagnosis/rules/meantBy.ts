import { q850CauseOf } from "../../message/q850Cause.ts";
import { meantStatus } from "../../call/meantStatus.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import { blockedByNetwork } from "./blocking.ts";

/** The status code by which an answer to a call is to be explained: the one that its Q.850 cause stands for, where that contradicts it. Guard G7. */
export function meantBy(root: Transaction, answer: Answer): number {
  const { statusCode, request, response, minted } = answer;
  // Inside a dialog a change of the call was refused, and no call.
  if (root.method !== "INVITE" || request.toTag !== "") return statusCode;
  if (statusCode === 603 && blockedByNetwork(root, answer)) return statusCode;
  return meantStatus(statusCode, q850CauseOf(minted) ?? q850CauseOf(response));
}
