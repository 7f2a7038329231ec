import { maxForwards } from "../../message/maxForwards.ts";
import { via } from "../../message/via.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";
import { sentOn } from "./sentOn.ts";

/** 70 is recommended; below this it is a plain way through a network that may be too long. RFC 3261 §8.1.1.6 */
const FEW_HOPS = 10;

/**
 * What Max-Forwards was where the request began, if it was low; undefined also for OPTIONS, with which tools count hops on purpose
 * (RFC 3261 §11), and where the request had passed elements that are not in view.
 */
export function fewHopsAtSource({ request, method }: Transaction): number | undefined {
  if (request === undefined || method === "OPTIONS" || request.all(via).length > 1) return undefined;
  const hopsLeft = request.first(maxForwards);
  return hopsLeft === undefined || hopsLeft >= FEW_HOPS ? undefined : hopsLeft;
}

/** The same where that may be why it was answered so: what an element sent on with no hops left, it did not refuse for want of them. */
export function fewHopsThatEnded(root: Transaction, answer: Answer, context: Context): number | undefined {
  const hopsLeft = fewHopsAtSource(root);
  return hopsLeft === 0 && sentOn(answer, context).length > 0 ? undefined : hopsLeft;
}

/** True where Max-Forwards may have been low where the request began, by what was left of it where it is first in view. */
export function mayHaveHadFewHops({ request, method }: Transaction): boolean {
  if (method === "OPTIONS") return false;
  const hopsLeft = request?.first(maxForwards);
  if (request === undefined) return true;
  return hopsLeft !== undefined && hopsLeft + request.all(via).length - 1 < FEW_HOPS;
}
