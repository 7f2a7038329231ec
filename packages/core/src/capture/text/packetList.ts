import { isDigit } from "../../bytes/ascii.ts";
import { timestampAt } from "./timestamp.ts";

/**
 * True for a line about a packet that has SIP in it, or for the head of a file of such lines: what Wireshark, tshark and tcpdump show of a packet in one line or in
 * fields of it, and the summaries that Wireshark exports in XML. What is in the packets is elsewhere or nowhere.
 */
export function listsPackets(line: string): boolean {
  if (line.startsWith("<psml ")) return true;
  if (line.includes(" > ") && (line.includes(": SIP: ") || isSegment(line))) return true;
  if (SIP.test(line) && (line.includes("Request: ") || line.includes("Status: "))) return true;
  return isDigit(line.charCodeAt(line[0] === '"' ? 1 : 0)) && hasFields(line);
}

const SIP = /[ \t",]SIP/;

/** tcpdump's line about TCP from or to a port that SIP has. */
function isSegment(line: string): boolean {
  return line.includes(": Flags [") && PORTS.some((port) => line.includes(`${port} > `) || line.includes(`${port}: `));
}

const PORTS: readonly string[] = [".5060", ".5061", ".sip", ".sip-tls", ".sips"];

/** `tshark -T fields`: a time since the epoch, then others, a method or a status among them. */
function hasFields(line: string): boolean {
  const [time, ...cells] = line.replaceAll('"', "").split(/[\t,;|]/, MOST_FIELDS);
  return (
    timestampAt(time, 0)?.hasZone === true && cells.length > 1 && cells.some((cell) => METHOD_OR_STATUS.test(cell))
  );
}

const MOST_FIELDS = 64;
const METHOD_OR_STATUS = /^(?:INVITE|ACK|BYE|CANCEL|REGISTER|OPTIONS|[1-6]\d\d)$/;
