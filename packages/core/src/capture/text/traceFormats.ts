import { chanSip } from "./chanSip.ts";
import { ngrep } from "./ngrep.ts";
import { pjsipLogger } from "./pjsipLogger.ts";
import { sipp } from "./sipp.ts";
import { sngrep } from "./sngrep.ts";
import { sofia } from "./sofia.ts";
import { tcpdump } from "./tcpdump.ts";
import type { TraceFormat } from "./traceFormat.ts";

/** How programs print SIP messages, in the order in which they are asked about a line. */
export const traceFormats: readonly TraceFormat[] = [sipp, tcpdump, sngrep, ngrep, pjsipLogger, chanSip, sofia];
