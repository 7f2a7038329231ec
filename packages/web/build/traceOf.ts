import type { Packet } from "../../core/src/network/packet.ts";

/**
 * Packets as a trace in the form that sngrep saves, which the engine reads like any other. Where the capture goes on after the last of
 * them, a keep-alive of another call says so: that nothing more came is part of what it shows.
 */
export function traceOf(packets: readonly Packet[], observedUntilMicros = 0): string {
  const last = packets.at(-1);
  const goesOn = last !== undefined && observedUntilMicros > last.timeMicros;
  const rest = goesOn ? [messageOf({ ...last, timeMicros: observedUntilMicros, bytes: keepAlive })] : [];
  return [...packets.map(messageOf), ...rest].join("\n\n");
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
    "",
  ].join("\n"),
);

function messageOf({ timeMicros, source, destination, bytes }: Packet): string {
  const time = new Date(timeMicros / 1000).toISOString();
  const micros = String(timeMicros % 1_000_000).padStart(6, "0");
  const head = `${time.slice(0, 10).replaceAll("-", "/")} ${time.slice(11, 19)}.${micros} ${endpointText(source)} -> ${endpointText(destination)}`;
  return `${head}\n${new TextDecoder().decode(bytes).replaceAll("\r", "")}`;
}

function endpointText({ address, port }: Packet["source"]): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
