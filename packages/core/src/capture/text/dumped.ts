import { CR, LF } from "../../bytes/ascii.ts";
import { uint16 } from "../../bytes/integers.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import type { Logged } from "../logged.ts";
import { guessedLinkType, RAW } from "./linkTypeOf.ts";
import type { PacketBytes } from "./packetDissection.ts";
import { rebuiltDatagram } from "./rebuiltPacket.ts";
import { startLineAt } from "./startLine.ts";
import type { TraceHead } from "./traceFormat.ts";

const LONGEST_START_LINE = 2048;

/** What bytes in hexadecimal are: a packet, a message, or nothing that can be told. */
export function dumped(
  bytes: Uint8Array,
  { linkType, dumpsPayload }: TraceHead,
  { transport, source, destination, ipId }: Omit<Logged, "cut">,
): PacketBytes | "message" | undefined {
  if (beginsMessage(bytes)) return "message";
  if (dumpsPayload !== true)
    return linkType === -1 ? undefined : packetBytes(bytes, linkType ?? guessedLinkType(bytes));
  if (transport !== "udp" || source === undefined || destination === undefined) return undefined;
  return packetBytes(rebuiltDatagram(bytes, source, destination, ipId), RAW);
}

/** Of bytes that nothing says to be a packet. */
export function holdsIp({ bytes, linkType }: PacketBytes): boolean {
  const type = uint16(bytes, 12);
  return linkType === RAW || type === 0x0800 || type === 0x86dd || type === 0x8100;
}

function beginsMessage(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(LF);
  if (end < 0 || end > LONGEST_START_LINE) return false;
  return startLineAt(latin1Text(bytes, 0, bytes[end - 1] === CR ? end - 1 : end)) === 0;
}

function packetBytes(bytes: Uint8Array, linkType: number): PacketBytes {
  return { bytes, linkType, originalLength: bytes.length };
}
