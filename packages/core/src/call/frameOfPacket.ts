import type { Packet } from "../network/packet.ts";

/** The frame of a packet as sentences name it: `2:6` is frame 6 of the second capture. Whether there are others than the first is not known while calls are judged. */
export function frameOfPacket({ capture, frame }: Pick<Packet, "capture" | "frame">): string | number {
  return capture === 0 ? frame : `${capture + 1}:${frame}`;
}
