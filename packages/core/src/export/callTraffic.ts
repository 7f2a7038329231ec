import { CaptureReader } from "../capture/captureReader.ts";
import type { OpenedCapture, OpenOptions } from "../capture/containers/openCaptures.ts";
import { openInputs } from "../capture/containers/openInputs.ts";
import { Analysis } from "../diagnosis/analysis.ts";
import type { AnalyzeInput } from "../diagnosis/analyze.ts";
import type { MessageReport } from "../diagnosis/report.ts";
import type { Language } from "../language/language.ts";
import { peekMessage } from "../message/peekMessage.ts";
import { NetworkDecoder } from "../network/networkDecoder.ts";
import { detached, type Endpoint, type Packet, type Transport } from "../network/packet.ts";

/** A message of a call with its bytes. */
export interface TracedMessage {
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  readonly transport: Transport;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly bytes: Uint8Array;
  /** As the report tells it; absent for the second sight of a packet. */
  readonly report?: MessageReport;
}

export interface CallTraffic {
  /** In order of time. */
  readonly messages: readonly TracedMessage[];
  /** True where there were more messages than are kept. */
  readonly cut: boolean;
}

export interface CallTrafficOptions extends OpenOptions {
  readonly language: Language;
  /** The Call-IDs of the call. */
  readonly callIds: readonly string[];
  /** Most bytes of messages that are kept; 32 MB unless given. */
  readonly mostBytes?: number;
  /** Asked after each chunk; true ends the reading with what is there. */
  stop?(): boolean;
}

const MOST_BYTES: number = 32 * 1024 * 1024;
/** What a message costs beside its bytes. */
const MESSAGE_COST = 512;

/**
 * The messages of one call, read from the captures again: what an analysis keeps of a call are values, so that it can read files of any
 * size. What is kept here is limited, whatever the captures hold.
 */
export async function readCallTraffic(
  inputs: readonly AnalyzeInput[],
  options: CallTrafficOptions,
): Promise<CallTraffic> {
  const kept = new KeptPackets(options);
  const captures = await openInputs(inputs, options);
  for (const [capture, opened] of captures.entries()) await readCapture(capture, opened, kept, options);
  const packets = kept.packets.toSorted((a, b) => a.timeMicros - b.timeMicros || a.capture - b.capture);
  return { messages: withReports(packets, captures, options), cut: kept.cut };
}

class KeptPackets {
  readonly packets: Packet[] = [];
  cut = false;
  readonly #callIds: ReadonlySet<string>;
  readonly #mostBytes: number;
  #bytes = 0;

  constructor({ callIds, mostBytes = MOST_BYTES }: CallTrafficOptions) {
    this.#callIds = new Set(callIds);
    this.#mostBytes = mostBytes;
  }

  push(packet: Packet): void {
    const peek = peekMessage(packet);
    if (peek === undefined || !this.#callIds.has(peek.callId)) return;
    this.#bytes += packet.end - packet.start + MESSAGE_COST;
    if (this.#bytes > this.#mostBytes) this.cut = true;
    else this.packets.push(detached(packet));
  }
}

async function readCapture(
  capture: number,
  { chunks }: OpenedCapture,
  kept: KeptPackets,
  options: CallTrafficOptions,
): Promise<void> {
  // The report of the analysis has told the incidents.
  const onIncident = (): void => {};
  const decoder = new NetworkDecoder({ onPacket: (packet) => kept.push(packet), onEvent: onIncident, onIncident });
  const reader = new CaptureReader({ capture, onFrame: (frame) => decoder.push(frame), onIncident });
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    reader.push(next.value);
    if (options.stop?.() === true) break;
  }
  reader.flush();
  decoder.flush();
}

function withReports(
  packets: readonly Packet[],
  captures: readonly OpenedCapture[],
  { language }: CallTrafficOptions,
): TracedMessage[] {
  const analysis = new Analysis({ language, names: captures.map(({ name }) => name), messages: true });
  for (const packet of packets) analysis.pushPacket(packet);
  const reports = new Map<string, MessageReport[]>();
  for (const report of analysis.finish().calls.flatMap(({ messages = [] }) => messages)) {
    const key = `${report.capture}:${report.frame}:${report.source}`;
    const known = reports.get(key);
    if (known === undefined) reports.set(key, [report]);
    else known.push(report);
  }
  return packets.map((packet) => {
    const { capture, frame, timeMicros, transport, source, destination, bytes, start, end } = packet;
    // A frame of a stream may hold several messages: they are in order.
    const report = reports.get(`${capture}:${frame}:${source.text}`)?.shift();
    return { capture, frame, timeMicros, transport, source, destination, bytes: bytes.subarray(start, end), report };
  });
}
