import type { RtpStream } from "../network/packet.ts";

/** Of streams taken together: how many packets, from when to when. None have none, and end before they begin. */
export interface StreamExtent {
  readonly packets: number;
  readonly firstMicros: number;
  readonly lastMicros: number;
}

/** Fewer in a second are no audio, with silence suppressed or not: without it there are 10 to 100. RFC 3551 §4.2 */
const LEAST_PER_SECOND = 5;

export function extentOf(streams: readonly RtpStream[]): StreamExtent {
  return { packets: streams.reduce((sum, { packets }) => sum + packets, 0), ...spanOf(streams) };
}

/** From when to when they were seen, taken together. */
export function spanOf(
  seen: readonly { readonly firstMicros: number; readonly timeMicros: number }[],
): Pick<StreamExtent, "firstMicros" | "lastMicros"> {
  return {
    firstMicros: Math.min(...seen.map(({ firstMicros }) => firstMicros)),
    lastMicros: Math.max(...seen.map(({ timeMicros }) => timeMicros)),
  };
}

/** True where the packets come as densely as those of somebody's voice. */
export function isDense({ packets, firstMicros, lastMicros }: StreamExtent): boolean {
  return packets * 1_000_000 >= (lastMicros - firstMicros) * LEAST_PER_SECOND;
}
