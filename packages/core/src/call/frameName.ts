import type { Packet } from "../network/packet.ts";

/** A frame as sentences, lists and pictures name it: `6`, or `2:6` for frame 6 of the second of several captures. */
export function frameName({ capture, frame }: Pick<Packet, "capture" | "frame">, captures: number): string | number {
  return captures > 1 ? `${capture + 1}:${frame}` : frame;
}
