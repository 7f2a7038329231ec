import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import { FrameMerger } from "../capture/mergeFrames.ts";
import { NetworkDecoder } from "../network/networkDecoder.ts";
import type { Packet } from "../network/packet.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { peekMessage } from "../message/peekMessage.ts";
import { indexedText, PLACE } from "../network/messageIndex.ts";
import { readClocks } from "./clockOffsets.ts";
import type { PassingMessage, Sighting } from "./sighting.ts";

/** The beginnings of all captures together that are looked at before the first frame is handed on. */
const WINDOW_BYTES: number = 32 * 1024 * 1024;
const SMALLEST_WINDOW: number = 128 * 1024;

export interface AlignedMergerOptions {
  /** What to call each capture, in the order of their indices. */
  readonly names: readonly string[];
  onFrame(frame: Frame): void;
  onIncident(incident: Incident): void;
}

/**
 * Brings the frames of several captures into order of time, after it has found in their beginnings how far their clocks are apart. Each
 * capture's own order is kept. Same doors as `FrameMerger`.
 */
export class AlignedMerger {
  readonly #options: AlignedMergerOptions;
  readonly #merger: FrameMerger;
  readonly #windows: Window[];
  readonly #limit: number;
  /** What each clock is ahead, once that is known. */
  #offsets: number[] | undefined;
  readonly #margins: number[];
  #groups: readonly ReadonlySet<number>[] = [];
  /** Of each capture the hosts that it shows at its beginning, each with those that it speaks with. */
  readonly #hosts: Map<string, Set<string>>[];

  constructor(options: AlignedMergerOptions) {
    this.#options = options;
    const { names } = options;
    this.#merger = new FrameMerger(names.length, (frame) => options.onFrame(frame));
    this.#windows = names.map(() => ({ frames: [], bytes: 0, isEnded: false }));
    this.#margins = names.map(() => 0);
    this.#hosts = names.map(() => new Map());
    this.#limit = Math.max(SMALLEST_WINDOW, WINDOW_BYTES / names.length);
  }

  /** What the clock of a capture is ahead of the one that the others are shifted to. */
  offsetOf(capture: number): number {
    return this.#offsets?.[capture] ?? 0;
  }

  /** How far that may be from the truth; 0 where it is exact. */
  marginOf(capture: number): number {
    return this.#margins[capture];
  }

  /** True where messages in both tell how far the clocks of these captures are apart. */
  knowsClocksOf(one: number, other: number): boolean {
    return this.#groups.some((group) => group.has(one) && group.has(other));
  }

  /** True where two hosts speak with each other in both captures. */
  showSameWay(one: number, other: number): boolean {
    return [...this.#hosts[one]].some(([host, peers]) => {
      const others = this.#hosts[other].get(host);
      return others !== undefined && [...peers].some((peer) => others.has(peer));
    });
  }

  showsHost(capture: number, host: string): boolean {
    return this.#hosts[capture].has(host);
  }

  push(frame: Frame): void {
    const window = this.#windows[frame.capture];
    if (this.#offsets !== undefined) return this.#merger.push(shifted(frame, this.#offsets[frame.capture]));
    window.frames.push(frame);
    window.bytes += frame.end - frame.start + FRAME_BYTES;
  }

  /** No more frames come from this capture. */
  end(capture: number): void {
    this.#windows[capture].isEnded = true;
    if (this.#offsets !== undefined) this.#merger.end(capture);
  }

  /** Hands on what can be. The capture to read next, if there is one. */
  drain(): number | undefined {
    if (this.#offsets === undefined) {
      const next = this.#smallestWindow();
      if (next !== undefined) return next;
      this.#align();
    }
    return this.#merger.drain();
  }

  #smallestWindow(): number | undefined {
    let smallest: number | undefined;
    for (const [capture, { bytes, isEnded }] of this.#windows.entries()) {
      if (isEnded || bytes >= this.#limit) continue;
      if (smallest === undefined || bytes < this.#windows[smallest].bytes) smallest = capture;
    }
    return smallest;
  }

  #align(): void {
    const offsets = this.#options.names.map(() => 0);
    const clocks = readClocks(this.#sightings());
    this.#groups = clocks.groups;
    for (const { capture, marginMicros = 0 } of clocks.known) this.#margins[capture] = marginMicros;
    for (const { capture, reference, micros, messages, marginMicros, isDrifting } of clocks.offsets) {
      offsets[capture] = micros;
      const exact = { seconds: inSeconds(micros), reference: this.#options.names[reference] };
      const values =
        marginMicros === undefined
          ? exact
          : {
              ...exact,
              reason: isDrifting === true ? "drifting" : "passing",
              margin: (Math.ceil(marginMicros / 1000) / 1000).toFixed(3),
            };
      this.#options.onIncident({ kind: "clock-offset", capture, count: messages, values });
    }
    this.#offsets = offsets;
    for (const [capture, { frames, isEnded }] of this.#windows.entries()) {
      for (const frame of frames) this.#merger.push(shifted(frame, offsets[capture]));
      if (isEnded) this.#merger.end(capture);
      this.#windows[capture] = { frames: [], bytes: 0, isEnded };
    }
  }

  #noteHosts({ capture, source, destination }: Packet): void {
    const hosts = this.#hosts[capture];
    for (const [{ host }, peer] of [
      [source, destination],
      [destination, source],
    ]) {
      const peers = hosts.get(host);
      if (peers === undefined) hosts.set(host, new Set([peer.host]));
      else peers.add(peer.host);
    }
  }

  #sightings(): Sighting[] {
    const sightings: Sighting[] = [];
    const decoder = new NetworkDecoder({
      onPacket: (packet) => {
        this.#noteHosts(packet);
        // Capture agents have clocks of their own.
        if (packet.captureAgent === undefined) sightings.push(sightingOf(packet));
      },
      onEvent() {},
      onIncident() {},
    });
    for (const { frames } of this.#windows) for (const frame of frames) decoder.push(frame);
    decoder.flush();
    return sightings;
  }
}

/** What a frame takes besides its bytes. */
const FRAME_BYTES = 128;

interface Window {
  readonly frames: Frame[];
  bytes: number;
  isEnded: boolean;
}

function shifted(frame: Frame, offsetMicros: number): Frame {
  return offsetMicros === 0 ? frame : { ...frame, timeMicros: frame.timeMicros - offsetMicros };
}

function sightingOf(packet: Packet): Sighting {
  const { capture, timeMicros, bytes, start, end, source, destination } = packet;
  return {
    capture,
    timeMicros,
    key: digest(bytes, start, end),
    source: source.inferred === true ? "" : source.text,
    destination: destination.inferred === true ? "" : destination.text,
    passing: passingMessage(packet),
  };
}

/** Undefined for what goes over one hop only. */
function passingMessage(packet: Packet): PassingMessage | undefined {
  const peek = packet.untimed === true ? undefined : peekMessage(packet);
  if (peek === undefined || OF_ONE_HOP.has(peek.method) || peek.callId === "") return undefined;
  const { kind, method, callId, index } = peek;
  const statusCode = Math.max(0, peek.statusCode);
  const [cseq, fromTag, toTag] = [PLACE.cseq, PLACE.fromTag, PLACE.toTag].map((at) => indexedText(packet, index, at));
  const transaction = `${method} ${Number.parseInt(cseq, 10)} ${fromTag} ${callId}`;
  if (kind === "response") {
    const refusedBranch = statusCode < 300 ? undefined : parseMessage(packet)?.branches[0];
    return { transaction, statusCode, toTag, refusedBranch };
  }
  return { transaction, statusCode: 0, toTag: "", branches: parseMessage(packet)?.branches ?? [] };
}

const OF_ONE_HOP: ReadonlySet<string> = new Set(["ACK", "CANCEL"]);

/** Length and 64 bits by FNV-1a in two ways: enough to tell the messages of one window apart. */
function digest(bytes: Uint8Array, start: number, end: number): string {
  let [a, b] = [0x811c9dc5, 0x050c5d1f];
  for (let i = start; i < end; i++) {
    a = Math.imul(a ^ bytes[i], 0x01000193);
    b = Math.imul(b ^ bytes[i], 0x01000197);
  }
  return `${end - start} ${a >>> 0} ${b >>> 0}`;
}

/** `+3.200`, `-0.450`. */
function inSeconds(micros: number): string {
  const seconds = (micros / 1_000_000).toFixed(3);
  return micros < 0 ? seconds : `+${seconds}`;
}
