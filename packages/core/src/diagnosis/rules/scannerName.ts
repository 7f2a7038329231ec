import type { SipRequest } from "../../message/message.ts";
import { userAgent } from "../../message/userAgent.ts";

/**
 * What User-Agent begins with of programs that only look for servers and accounts, as public block lists and attack detectors have them. Not here: SDKs and tools
 * that others use as well, such as sipsak, sipcli or VaxSIPUserAgent.
 */
const SCANNERS: readonly string[] = [
  // The default of SIPVicious, and its name
  "friendly-scanner",
  "sipvicious",
  // What copies of SIPVicious call themselves
  "friendly-request",
  "sundayddr",
  "pplsip",
  "sip-scan",
  "sipscan",
  "iwar",
  "sivus",
  "siparmyknife",
];

/** The name that the client of a request gives itself, where it is a scanner's. */
export function scannerOf(request: SipRequest): string | undefined {
  const name = request.first(userAgent);
  const lower = name?.toLowerCase() ?? "";
  return SCANNERS.some((token) => lower.startsWith(token)) ? name : undefined;
}
