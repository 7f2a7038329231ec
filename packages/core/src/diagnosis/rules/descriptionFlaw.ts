import { LF } from "../../bytes/ascii.ts";
import { partText } from "../../message/bodyParts.ts";
import type { SipMessage } from "../../message/message.ts";
import type { SdpAnomaly } from "../../sdp/sdpLine.ts";
import { sessionDescription } from "../../sdp/sessionDescription.ts";
import type { MessageFlaw } from "./flaw.ts";

const LONGEST_QUOTE = 200;
/** Many devices leave these out, and others do without. */
const NEEDLESS: ReadonlySet<string> = new Set(["s", "t"]);

/** What makes the session description of a message unreadable: a line that is none, else one that is missing or has no valid value. RFC 8866 §5 */
export function descriptionFlaw(message: SipMessage): MessageFlaw | undefined {
  if (message.packet.cut) return undefined;
  const part = partText(message, "application/sdp");
  const anomaly = sessionDescription(message)?.anomalies.find(
    ({ kind, type }) => kind !== "limit" && !(kind === "sdp-missing" && NEEDLESS.has(type)),
  );
  if (part === undefined || anomaly === undefined) return undefined;
  const { kind, line, citation } = anomaly;
  const field = nameOf(anomaly);
  const isMissing = kind === "sdp-missing";
  return {
    cause: isMissing ? "field-missing" : "syntax",
    anomaly: { kind: isMissing ? "field-missing" : "field-syntax", field, span: part.span, citation },
    field,
    line: linesBefore(message, part.span.start) + Math.max(line, 1),
    column: 1,
    quote: (part.text.split("\n", Math.max(line, 1)).at(-1) ?? "").trimEnd().slice(0, LONGEST_QUOTE),
  };
}

function nameOf({ kind, type }: SdpAnomaly): string {
  return kind === "sdp-missing" ? `${type}=` : "SDP";
}

function linesBefore({ packet: { bytes, start } }: SipMessage, offset: number): number {
  let lines = 0;
  for (let i = start; i < start + offset; i++) if (bytes[i] === LF) lines++;
  return lines;
}
