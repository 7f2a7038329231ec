import type { Anomaly } from "./anomaly.ts";
import type { SipMessage } from "./message.ts";
import { isToken } from "./token.ts";
import { uriFlaw } from "./uriFlaw.ts";

const VERSION = "SIP/2.0";

/** `Method SP Request-URI SP SIP-Version` or `SIP-Version SP Status-Code SP Reason-Phrase`, to the space. RFC 3261 §7.1, §7.2 */
export function checkStartLine(message: SipMessage, anomalies: Anomaly[]): void {
  if (message.startLineCut) return;
  const found = message.kind === "request" ? requestLine(message.startLine) : statusLine(message.startLine);
  if (found !== undefined) anomalies.push({ ...found, span: message.startLineSpan });
}

function requestLine(line: string): Omit<Anomaly, "span"> | undefined {
  const words = line.split(" ");
  if (words.length !== 3 || !isToken(words[0])) return { kind: "start-line", citation: "RFC 3261 §7.1" };
  const [, uri, version] = words;
  const flaw = uriFlaw(uri);
  if (flaw !== undefined) return { kind: flaw === "escape" ? "escape" : "start-line", citation: "RFC 3261 §25.1" };
  if (/^sips?:/i.test(uri) && uri.includes("?", uri.indexOf("@") + 1))
    return { kind: "start-line", citation: "RFC 3261 §19.1.1" };
  return version.toUpperCase() === VERSION ? undefined : { kind: "version", citation: "RFC 3261 §7.1" };
}

function statusLine(line: string): Omit<Anomaly, "span"> | undefined {
  const [version, statusCode, phrase] = line.split(" ", 3);
  if (version.toUpperCase() !== VERSION) return { kind: "version", citation: "RFC 3261 §7.2" };
  if (!/^[1-6]\d\d$/.test(statusCode ?? "")) return { kind: "status-code", citation: "RFC 3261 §7.2" };
  return phrase === undefined ? { kind: "start-line", citation: "RFC 3261 §7.2" } : undefined;
}
