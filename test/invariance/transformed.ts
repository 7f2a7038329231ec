import { endpointOf } from "../../packages/core/src/network/endpoint.ts";
import type { Endpoint, NetworkEvent, Packet } from "../../packages/core/src/network/packet.ts";
import { putTogether, takeApart } from "./messageText.ts";
import type { Transformation } from "./transformations.ts";

export function otherPacket(packet: Packet, transformation: Transformation): Packet {
  const bytes = new Uint8Array(Buffer.from(rewritten(textOf(packet), transformation), "latin1"));
  return {
    ...packet,
    timeMicros: packet.timeMicros + (transformation.shiftMicros ?? 0),
    source: otherEndpoint(packet.source, transformation),
    destination: otherEndpoint(packet.destination, transformation),
    bytes,
    start: 0,
    end: bytes.length,
  };
}

export function otherEvent(event: NetworkEvent, transformation: Transformation): NetworkEvent {
  const [source, destination] = [
    otherEndpoint(event.source, transformation),
    otherEndpoint(event.destination, transformation),
  ];
  const { shiftMicros = 0 } = transformation;
  const moved = { source, destination, timeMicros: event.timeMicros + shiftMicros };
  if (event.kind === "connectivity-checks") {
    const [firstSuccessMicros, lastSuccessMicros] = [event.firstSuccessMicros, event.lastSuccessMicros].map(
      (micros) => micros + shiftMicros,
    );
    const username = renamed(event.username, transformation);
    const firstMicros = event.firstMicros + shiftMicros;
    return { ...event, ...moved, username, firstMicros, firstSuccessMicros, lastSuccessMicros };
  }
  if ("firstMicros" in event) return { ...event, ...moved, firstMicros: event.firstMicros + shiftMicros };
  if (event.kind === "icmp-unreachable")
    return { ...event, ...moved, reporter: renamed(event.reporter, transformation) };
  if (!("client" in event)) return { ...event, ...moved };
  const [client, server] = [otherEndpoint(event.client, transformation), otherEndpoint(event.server, transformation)];
  const certificates = event.certificates && {
    ...event.certificates,
    chain: event.certificates.chain.map((certificate) => ({
      ...certificate,
      names: certificate.names.map((name) => renamed(name, transformation)),
    })),
  };
  return { ...event, ...moved, client, server, serverName: renamed(event.serverName, transformation), certificates };
}

/** One character a byte. */
export function textOf({ bytes, start, end }: Packet): string {
  return Buffer.from(bytes.subarray(start, end)).toString("latin1");
}

function rewritten(text: string, transformation: Transformation): string {
  const before = takeApart(text);
  if (before === undefined) return renamed(text, transformation);
  const { rewrite = (message) => message } = transformation;
  const after = rewrite(before);
  // Renamed in one piece, but so that the length of the body is known.
  const body = renamed(after.body, transformation);
  const head = renamed(putTogether({ ...after, body: "" }, 0), transformation);
  const again = takeApart(head);
  return again === undefined ? head + body : putTogether({ ...after, ...again, body }, before.body.length);
}

function otherEndpoint({ text }: Endpoint, transformation: Transformation): Endpoint {
  const other = renamed(text, transformation);
  const colon = other.lastIndexOf(":");
  return endpointOf(other.slice(0, colon), Number(other.slice(colon + 1)));
}

export function renamed(text: string, { rename }: Transformation): string {
  return rename === undefined ? text : rename(text);
}
