import { CaptureReader } from "../capture/captureReader.ts";
import type { Frame } from "../capture/frame.ts";
import type { LogLine } from "../capture/logLine.ts";
import type { OpenedCapture, OpenOptions } from "../capture/containers/openCaptures.ts";
import { openInputs } from "../capture/containers/openInputs.ts";
import { AlignedMerger } from "../diagnosis/alignedMerger.ts";
import { Analysis } from "../diagnosis/analysis.ts";
import type { AnalyzeInput } from "../diagnosis/analyze.ts";
import { LogLines } from "../diagnosis/logLines.ts";
import type { AnnotationReport, CallReport, MessageReport } from "../diagnosis/report.ts";
import type { Language } from "../language/language.ts";
import { peekMessage } from "../message/peekMessage.ts";
import type { TlsCrypto } from "../network/tls/tlsCrypto.ts";
import { NetworkDecoder } from "../network/networkDecoder.ts";
import type { Transport } from "../capture/transport.ts";
import { groupBy } from "../network/groupBy.ts";
import { detached, type Endpoint, type Packet } from "../network/packet.ts";

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
  /** What logs say about the call between its messages; nothing unless the calls are given. */
  readonly annotations: readonly AnnotationReport[];
  /** True where there were more messages than are kept. */
  readonly cut: boolean;
}

export interface CallTrafficOptions extends OpenOptions {
  readonly language: Language;
  /** The Call-IDs of the call. */
  readonly callIds: readonly string[];
  /** All calls that the analysis found: they tell which of them a line of a log belongs to. */
  readonly calls?: readonly CallReport[];
  /** As for the analysis: without them what it read of TLS cannot be read again. */
  readonly keyLog?: string;
  readonly tlsCrypto?: TlsCrypto;
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
  const lines = await readAll(captures, kept, options);
  const packets = kept.packets.toSorted((a, b) => a.timeMicros - b.timeMicros || a.capture - b.capture);
  const messages = withReports(packets, captures, options);
  return { messages, annotations: annotationsOf(messages, lines, options), cut: kept.cut };
}

function annotationsOf(
  messages: readonly TracedMessage[],
  lines: LogLines | undefined,
  { calls = [], callIds }: CallTrafficOptions,
): readonly AnnotationReport[] {
  const own = calls.findIndex((call) => call.callIds.includes(callIds[0]));
  if (lines === undefined || lines.isEmpty || own < 0) return [];
  const reports = messages.flatMap(({ report }) => report ?? []);
  const told = calls.map((call, index) => (index === own ? { ...call, messages: reports } : call));
  return lines.attach(told)[own].annotations ?? [];
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

/** In order of time, with the clocks of several captures put right, as an analysis reads them. */
async function readAll(
  captures: readonly OpenedCapture[],
  kept: KeptPackets,
  options: CallTrafficOptions,
): Promise<LogLines | undefined> {
  // The report of the analysis has told the incidents.
  const onIncident = (): void => {};
  const { tlsCrypto, keyLog } = options;
  const decoder = new NetworkDecoder({
    onPacket: (packet) => kept.push(packet),
    onEvent: onIncident,
    onIncident,
    tlsCrypto,
  });
  if (keyLog !== undefined) decoder.addKeyLog(keyLog);
  const names = captures.map(({ name }) => name);
  const onKeyLog = (log: string): void => decoder.addKeyLog(log, "capture");
  const merger =
    names.length > 1 ? new AlignedMerger({ names, onFrame: (frame) => decoder.push(frame), onIncident }) : undefined;
  const lines = options.calls && new LogLines((capture) => merger?.offsetOf(capture) ?? 0);
  const onLine = lines && ((line: LogLine): void => lines.push(line));
  const onFrame = (frame: Frame): void => {
    lines?.pushFrame(frame);
    if (merger === undefined) decoder.push(frame);
    else merger.push(frame);
  };
  const readers = captures.map(
    (_each, capture) => new CaptureReader({ capture, onFrame, onLine, onKeyLog, onIncident }),
  );
  let wanted: number | undefined = captures.length === 0 ? undefined : 0;
  while (wanted !== undefined) {
    const next = await captures[wanted].chunks.next();
    const isAtEnd = next.done === true || options.stop?.() === true;
    if (isAtEnd) {
      readers[wanted].flush();
      merger?.end(wanted);
    } else readers[wanted].push(next.value);
    wanted = merger === undefined ? (isAtEnd ? undefined : wanted) : merger.drain();
  }
  decoder.flush();
  return lines;
}

function withReports(
  packets: readonly Packet[],
  captures: readonly OpenedCapture[],
  { language }: CallTrafficOptions,
): TracedMessage[] {
  const analysis = new Analysis({ language, names: captures.map(({ name }) => name), messages: true });
  for (const packet of packets) analysis.pushPacket(packet);
  const reports = groupBy(
    analysis.finish().calls.flatMap(({ messages = [] }) => messages),
    ({ capture, frame, source }) => `${capture}:${frame}:${source}`,
  );
  return packets.map((packet) => {
    const { capture, frame, timeMicros, transport, source, destination, bytes, start, end } = packet;
    // A frame of a stream may hold several messages: they are in order.
    const report = reports.get(`${capture}:${frame}:${source.text}`)?.shift();
    return { capture, frame, timeMicros, transport, source, destination, bytes: bytes.subarray(start, end), report };
  });
}
