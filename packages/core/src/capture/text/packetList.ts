/**
 * True for a line about a packet that has SIP in it, or for the head of a file of such lines: what Wireshark, tshark and tcpdump show of a packet in one line, and
 * the summaries that Wireshark exports in XML. What is in the packets is elsewhere or nowhere.
 */
export function listsPackets(line: string): boolean {
  if (line.startsWith("<psml ")) return true;
  if (line.includes(": SIP: ") && line.includes(" > ")) return true;
  return line.includes(" SIP") && (line.includes(" Request: ") || line.includes(" Status: "));
}
