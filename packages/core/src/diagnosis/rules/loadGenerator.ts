import type { SipMessage } from "../../message/message.ts";
import { fromUri } from "../../message/partyUri.ts";
import { subject } from "../../message/subject.ts";
import { parseUri } from "../../message/uri.ts";

/** What SIPp writes unless it is told otherwise: number of the call, process and host as Call-ID, its name as the user, a subject. */
const CALL_ID = /^\d+-\d+@/u;
const USER = "sipp";
const SUBJECT = "performance test";

/** True where a call shows that a load generator made it: its calls are as long as its scenario says. */
export function isOfLoadGenerator(invite: SipMessage): boolean {
  if (CALL_ID.test(invite.callId)) return true;
  if (parseUri(fromUri(invite))?.user?.toLowerCase() === USER) return true;
  return invite.first(subject)?.toLowerCase().startsWith(SUBJECT) === true;
}
