import type { SharedFlags } from "../sharedFlags.ts";

/** The flags of `sipwhy live`, as they are after parsing. */
export interface LiveFlags extends SharedFlags {
  readonly interface?: string;
  readonly with?: "tcpdump" | "dumpcap";
  readonly write?: string;
  readonly rotateSize?: number;
  readonly rotateTime?: number;
  readonly rotateFiles?: number;
  readonly format?: "text" | "json";
}
