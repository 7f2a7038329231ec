import { uint16 } from "../bytes/integers.ts";
import { type HepRecord, readHep } from "../capture/hep.ts";
import type { Transport } from "../capture/transport.ts";
import { captureAgentOf } from "./captureAgent.ts";
import type { Datagram } from "./datagram.ts";
import { endpointAt, sourceEndpoint } from "./endpoint.ts";
import { HEP_CLOCK_TOLERANCE_MICROS } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import type { Endpoint } from "./packet.ts";
import { hasSipFields, isSipStart } from "./sipStart.ts";

/** What is known from outside about a HEP packet. */
export interface HepEnvelope {
  readonly capture: number;
  readonly frame: number;
  /** When the report was captured. */
  readonly timeMicros: number;
  /** Absent: there is no time but the agent's. */
  readonly reporter?: Endpoint;
}

/** HEP in a UDP datagram whose payload is `bytes[start, end)`; false if it is something else. */
export function decodeHep(datagram: Datagram, start: number, end: number, layers: NetworkLayers): boolean {
  const record = readHep(datagram.bytes, start, end);
  if (record === undefined) return false;
  const { capture, number, timeMicros } = datagram.frame;
  const reporter = sourceEndpoint(datagram, uint16(datagram.bytes, datagram.offset));
  emitHep(datagram.bytes, record, { capture, frame: number, timeMicros, reporter }, layers);
  return true;
}

/** Hands on the SIP message that an agent reported, with the addresses and the time that it had where it was seen. */
export function emitHep(bytes: Uint8Array, record: HepRecord, envelope: HepEnvelope, layers: NetworkLayers): void {
  const { payloadStart: start, payloadEnd: end, addressLength, sourceAt, destinationAt, cut } = record;
  layers.counts.layers.hep++;
  const isSip = isSipStart(bytes, start, end, cut) || hasSipFields(bytes, start, end);
  if (addressLength === 0 || start >= end || !isSip) {
    layers.counts.others["other-hep"]++;
    return;
  }
  layers.onPacket({
    capture: envelope.capture,
    frame: envelope.frame,
    timeMicros: timeOf(record, envelope, layers),
    transport: transportOf(record.protocol),
    source: endpointAt(bytes, sourceAt, addressLength, record.sourcePort),
    destination: endpointAt(bytes, destinationAt, addressLength, record.destinationPort),
    bytes,
    start,
    end,
    ipId: -1,
    fragments: 1,
    cut,
    captureAgent: captureAgentOf(record.captureAgentId, record.nodeName, envelope.reporter),
    correlationId: record.correlationId,
  });
}

/** Agents report at once: a time far from that of the report is a wrong clock, and the report's time is nearer the truth. */
function timeOf(record: HepRecord, { reporter, frame, timeMicros }: HepEnvelope, layers: NetworkLayers): number {
  if (record.timeMicros < 0) return timeMicros;
  const offMicros = Math.abs(record.timeMicros - timeMicros);
  if (reporter === undefined || offMicros <= HEP_CLOCK_TOLERANCE_MICROS) return record.timeMicros;
  layers.tally.count("clock-wrong", frame, { seconds: Math.round(offMicros / 1_000_000) });
  return timeMicros;
}

/** IP protocol numbers; 22 and 50 are what Kamailio and those that follow it write for TLS and WebSocket. */
function transportOf(protocol: number): Transport {
  switch (protocol) {
    case 6:
      return "tcp";
    case 22:
      return "tls";
    case 50:
      return "ws";
    case 132:
      return "sctp";
    default:
      return "udp";
  }
}
