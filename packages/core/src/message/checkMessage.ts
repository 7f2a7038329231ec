import type { Anomaly } from "./anomaly.ts";
import { checkBody } from "./checkBody.ts";
import { checkFields } from "./checkFields.ts";
import { checkHeader } from "./checkHeader.ts";
import { checkStartLine } from "./checkStartLine.ts";
import type { SipMessage } from "./message.ts";

/** All that breaks the grammar or a MUST in a message, in the order of the message. */
export function checkMessage(message: SipMessage): readonly Anomaly[] {
  const anomalies: Anomaly[] = [];
  checkStartLine(message, anomalies);
  checkHeader(message, anomalies);
  checkFields(message, anomalies);
  checkBody(message, anomalies);
  return anomalies;
}
