import type { CallReport, FindingReport, Report } from "@sipwhy/core";
import type { LiveCounts } from "@sipwhy/core/view";
import type { Drops } from "./drops.ts";
import type { LiveCall } from "./liveSession.ts";

/** What is known when it begins. */
export interface LiveStart {
  /** `tcpdump`, `dumpcap`; absent where it reads what somebody else captures. */
  readonly program?: string;
  readonly interface?: string;
  readonly filter?: string;
  /** True where the filter is ours and leaves out media. */
  readonly withoutMedia?: boolean;
  readonly name: string;
}

/** What is known when it ends. */
export interface LiveEnd {
  readonly report: Report;
  readonly counts: LiveCounts;
  readonly drops?: Drops;
  readonly written?: { readonly files: number; readonly bytes: number; readonly latest: string };
  readonly program?: string;
}

/** Where a live run tells what it sees. */
export interface LivePrinter {
  start(start: LiveStart): void;
  call(call: CallReport, told: LiveCall): void;
  /** The first connection of its kind that was not set up. */
  connection(finding: FindingReport): void;
  /** Who tried many users in vain. */
  client(finding: FindingReport): void;
  /** Packets were lost since it was said last. */
  drops(drops: Drops): void;
  end(end: LiveEnd): void;
}
