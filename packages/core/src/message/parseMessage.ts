import type { Endpoint, Packet } from "../network/packet.ts";
import { type HeaderScan, keepLines, LONGEST_MESSAGE, recallHeader, scanHeader } from "./headerScan.ts";
import { type SipMessage, SipRequest, SipResponse } from "./message.ts";
import { readStartLine, type StartLine } from "./startLine.ts";

/** Reads a message; `undefined` only where it is no SIP at all. What is wrong with it is found by its `anomalies`. */
export function parseMessage(packet: Packet): SipMessage | undefined {
  const { bytes, start, end, header } = packet;
  const scan =
    header === undefined
      ? scanHeader(bytes, start, Math.min(end, start + LONGEST_MESSAGE))
      : recallHeader(bytes, start, header);
  const line = readStartLine(bytes, start + scan.startLineStart, start + scan.startLineEnd);
  if (!isSipMessage(scan, line)) return undefined;
  const message = line.kind === "response" ? new SipResponse(packet, scan, line) : new SipRequest(packet, scan, line);
  if (header === undefined) keepLines();
  return message;
}

/** False where there is no start line, or one without a version and hardly a field that every message has. */
export function isSipMessage(scan: HeaderScan, { kind }: StartLine): boolean {
  return kind !== "none" && (kind !== "unversioned" || mandatoryFields(scan) >= 2);
}

/** A packet around the bytes of one message, as if sent over UDP between two unspecified addresses. */
export function barePacket(bytes: Uint8Array): Packet {
  return {
    capture: 0,
    frame: 1,
    timeMicros: 0,
    transport: "udp",
    source: NOWHERE,
    destination: NOWHERE,
    bytes,
    start: 0,
    end: bytes.length,
    ipId: -1,
    fragments: 1,
    cut: false,
  };
}

const NOWHERE: Endpoint = { address: "0.0.0.0", port: 0, text: "0.0.0.0:0" };

/** How many of Via, From, To, Call-ID and CSeq are there. */
function mandatoryFields(scan: HeaderScan): number {
  return [scan.via, scan.from, scan.to, scan.callId, scan.cseq].filter((value) => value >= 0).length;
}
