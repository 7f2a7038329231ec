import type { SipMessage } from "../message/message.ts";
import type { AnyDraft } from "./diagnose.ts";

/** The messages that a finding shows. */
export function messagesOf({ evidence, response }: AnyDraft): SipMessage[] {
  const shown = evidence.flatMap((each) => ("packet" in each ? [each] : "message" in each ? [each.message] : []));
  return response === undefined ? shown : [...shown, response];
}
