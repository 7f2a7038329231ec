import type { FlowMessage } from "virtual:flows";
import type { Packet } from "../../core/src/network/packet.ts";

/**
 * What an example sends. Where the capture goes on after the last message, a keep-alive of another call says so: that nothing more came is
 * part of what it shows.
 */
export function sentMessages(packets: readonly Packet[], observedUntilMicros = 0): FlowMessage[] {
  const last = packets.at(-1);
  const goesOn = last !== undefined && observedUntilMicros > last.timeMicros;
  const rest = goesOn ? [{ ...last, timeMicros: observedUntilMicros, bytes: keepAlive }] : [];
  return [...packets, ...rest].map(({ timeMicros, transport, source, destination, bytes }) => ({
    timeMicros,
    transport,
    source,
    destination,
    text: new TextDecoder().decode(bytes),
  }));
}

const keepAlive = new TextEncoder().encode(
  [
    "OPTIONS sip:keepalive.example.com SIP/2.0",
    "Via: SIP/2.0/UDP keepalive.example.com;branch=z9hG4bKkeepalive",
    "From: <sip:keepalive.example.com>;tag=keepalive",
    "To: <sip:keepalive.example.com>",
    "Call-ID: keepalive",
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    "Content-Length: 0",
    "\r\n",
  ].join("\r\n"),
);
