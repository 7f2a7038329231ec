import type { SipResponse } from "../../message/message.ts";
import type { Answer } from "../answer.ts";

/** A device that refuses by itself takes no longer. */
export const LONGEST_AT_ONCE_MILLIS = 1000;

/** A device or server that stops ringing by itself waits longer. */
export const SHORTEST_RING_TIMER_SECONDS = 10;

/** The 180 of the side that then gave this answer; other phones of a fork have other tags. RFC 3261 §12.1, §21.1.2 */
export function alertOf({ lastHop, minted }: Answer): SipResponse | undefined {
  return lastHop.responses.find(
    ({ statusCode, toTag }) => statusCode === 180 && (toTag === minted.toTag || toTag === ""),
  );
}
