import type { Logged } from "./logged.ts";

/** One captured link-layer unit. */
export interface Frame {
  /** Index of the capture in this analysis, from 0. */
  readonly capture: number;
  /** Wireshark's frame number: from 1, per capture. */
  readonly number: number;
  /** Microseconds since the epoch, from the capture. */
  readonly timeMicros: number;
  /** True where the input does not say when: the time only keeps the order. */
  readonly untimed?: boolean;
  /** LINKTYPE_ value of the interface it was captured on. */
  readonly linkType: number;
  /** The read buffer that holds it: `bytes[start, end)` is what was captured. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Bytes on the wire; more than there are when the capture cut the packet (snaplen). */
  readonly originalLength: number;
  /** What the log says about it, if it is a message of a log: then its bytes are the message. */
  readonly logged?: Logged;
}
