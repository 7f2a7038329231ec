import { partText } from "./bodyParts.ts";
import type { SipMessage } from "./message.ts";

/** A status line that one message reports of another. */
export interface SipfragStatus {
  readonly statusCode: number;
  readonly reasonPhrase: string;
}

/**
 * The status line in a message/sipfrag body, also inside a multipart one: what the referee reports of the request it was asked to
 * send. RFC 3420 §2, RFC 3515 §2.4.5
 */
export function sipfragStatus(message: SipMessage): SipfragStatus | undefined {
  const text = partText(message, "message/sipfrag")?.text;
  const match =
    text === undefined ? null : /^\s{0,8}SIP\/\d\.\d[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?(?:\r|\n|$)/i.exec(text);
  return match === null ? undefined : { statusCode: Number(match[1]), reasonPhrase: (match[2] ?? "").trim() };
}
