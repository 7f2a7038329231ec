import { maxForwards } from "../../message/maxForwards.ts";
import { via } from "../../message/via.ts";
import type { Transaction } from "../../transaction/transaction.ts";

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
