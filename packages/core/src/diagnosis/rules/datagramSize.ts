import { contentLength } from "../../message/contentLength.ts";
import type { SipMessage } from "../../message/message.ts";

/** Ethernet carries 1500 bytes, with 20 of an IPv4 header or 40 of an IPv6 header, and 8 of UDP. */
const LARGEST_IN_ONE_PACKET_BYTES = { ipv4: 1472, ipv6: 1452 };

/** Bytes of a message; of one that was not captured whole as its header says. */
export function sizeOf(message: SipMessage): number {
  const { packet, body, headerComplete } = message;
  const announced = packet.cut && headerComplete ? (message.first(contentLength) ?? 0) : 0;
  return Math.max(packet.end - packet.start, body.start + announced);
}

/** It came in fragments, or does so where packets have the usual size. */
export function isFragmented(message: SipMessage): boolean {
  const { transport, fragments, source } = message.packet;
  const { ipv4, ipv6 } = LARGEST_IN_ONE_PACKET_BYTES;
  return transport === "udp" && (fragments > 1 || sizeOf(message) > (source.address.includes(":") ? ipv6 : ipv4));
}
