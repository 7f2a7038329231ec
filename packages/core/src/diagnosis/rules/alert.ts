import type { SipResponse } from "../../message/message.ts";
import type { Answer } from "../answer.ts";

/** A device that refuses by itself takes no longer. */
export const LONGEST_AT_ONCE_MILLIS = 1000;

/** A device or server that stops ringing by itself waits longer. */
export const SHORTEST_RING_TIMER_SECONDS = 10;

/**
 * The 180 of the side that then gave this answer, on its own hop or, where that was not captured, further up; other phones of a fork have other tags.
 * RFC 3261 §12.1, §16.7, §21.1.2
 */
export function alertOf({ lastHop, minted: { toTag } }: Answer): SipResponse | undefined {
  const own = lastHop.responses.find((each) => each.statusCode === 180 && (each.toTag === toTag || each.toTag === ""));
  if (own !== undefined || toTag === "") return own;
  for (let hop = lastHop.upstream; hop !== undefined; hop = hop.upstream) {
    const passed = hop.responses.find((each) => each.statusCode === 180 && each.toTag === toTag);
    if (passed !== undefined) return passed;
  }
  return undefined;
}
