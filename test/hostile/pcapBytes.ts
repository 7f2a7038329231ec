import type { Packet } from "../../packages/core/src/network/packet.ts";
import { ipv4, tcp, u16, udp } from "../../packages/core/src/network/bytes.fixture.ts";

/** What of a packet goes into a file. */
export type Sent = Pick<Packet, "timeMicros" | "transport" | "source" | "destination" | "bytes">;

const RAW_IP = 101;
const SEGMENT_BYTES = 60_000;

/** A capture file of raw IPv4: datagrams, and one TCP connection from port 40000 to 5060 for what goes over TCP. */
export function pcapBytes(sent: readonly Sent[]): Buffer {
  const header = Buffer.alloc(24);
  for (const [index, word] of [0xa1b2c3d4, (4 << 16) | 2, 0, 0, 262_144, RAW_IP].entries()) {
    header.writeUInt32LE(word, index * 4);
  }
  let sequence = 1;
  const records = sent.flatMap(({ timeMicros, transport, source, destination, bytes }, index) => {
    const addresses = { source: octets(source.address), destination: octets(destination.address), id: index & 0xffff };
    if (transport === "udp") {
      const datagram = udp([...bytes], source.port, destination.port);
      return [record(timeMicros, ipv4(datagram, addresses))];
    }
    const segments: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
      const payload = [...bytes.subarray(at, at + SEGMENT_BYTES)];
      segments.push(record(timeMicros, ipv4(tcp(sequence, payload), { ...addresses, protocol: 6 })));
      sequence += payload.length;
    }
    return segments;
  });
  return Buffer.concat([header, ...records]);
}

function record(timeMicros: number, packet: readonly number[]): Buffer {
  const bytes = Buffer.alloc(16 + packet.length);
  bytes.writeUInt32LE(Math.floor(timeMicros / 1e6), 0);
  bytes.writeUInt32LE(timeMicros % 1e6, 4);
  bytes.writeUInt32LE(packet.length, 8);
  bytes.writeUInt32LE(packet.length, 12);
  bytes.set(packet, 16);
  return bytes;
}

function octets(address: string): number[] {
  const parts = address.split(".").map(Number);
  return parts.length === 4 ? parts : [10, 0, 0, ...u16(1).slice(1)];
}
