import { fileURLToPath } from "node:url";
import { CaptureReader } from "../../../packages/core/src/capture/captureReader.ts";
import { capturedBytes } from "../../../packages/core/src/capture/frame.fixture.ts";
import type { Frame } from "../../../packages/core/src/capture/frame.ts";
import type { Incident } from "../../../packages/core/src/capture/incident.ts";
import { readHep } from "../../../packages/core/src/capture/hep.ts";
import { NetworkDecoder } from "../../../packages/core/src/network/networkDecoder.ts";
import type { Packet } from "../../../packages/core/src/network/packet.ts";
import type { TlsCrypto } from "../../../packages/core/src/network/tls/tlsCrypto.ts";
import { encapsulations } from "../../../test/tunnels/encapsulations.ts";
import { pcapOf, readPcap } from "../../../test/tunnels/pcap.ts";
import { mutatedRecords, type RecordFile } from "../captureMutations.ts";
import { captureFiles, fixtureFiles, hepFiles, ruleCaptures } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import { type FuzzReader, Seeds } from "../fuzzReader.ts";
import { byteMutations, joined, mutated, textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";
import { Random } from "../random.ts";
import { recordFileOf } from "../recordFiles.ts";

/** Whole captures larger than this make few inputs in an hour. */
const LARGEST_SEED = 40_000;
/** What is read below SIP, and logs, come in excerpts: small inputs are many inputs. */
const RECORDS_AN_EXCERPT = 8;
const LINES_AN_EXCERPT = 80;

/** Files in the classic format. */
export function pcapReader(): FuzzReader {
  return recordReader("pcap", ".pcap", fixtureFiles(/\.pcap$/).flatMap(excerpts), readFile);
}

export function pcapngReader(): FuzzReader {
  return recordReader("pcapng", ".pcapng", fixtureFiles(/\.pcapng$/).flatMap(excerpts), readFile);
}

/** HEP packets, as a file, alone and in datagrams. */
export function hepReader(): FuzzReader {
  return recordReader("hep", ".hep", hepFiles(), (input) => {
    readFile(input);
    const record = readHep(input, 0, input.length);
    if (record === undefined) return;
    ensure(record.payloadStart <= record.payloadEnd, "a payload has a negative length");
    ensure(record.payloadStart >= 0 && record.payloadEnd <= input.length, "a payload is outside its packet");
  });
}

/** Logs and traces. */
export function textReader(): FuzzReader {
  return mutatingReader({
    name: "text",
    extension: ".txt",
    seeds: fixtureFiles(/\.(txt|log)$/).flatMap(linesOf),
    mutations: textMutations,
    allowedMillis: (bytes) => 300 + bytes / 25,
    run: readFile,
  });
}

/** Frames of every link type through all network layers to messages; lengths are mostly right. */
export function networkReader(): FuzzReader {
  const seeds = [...fixtureFiles(/\.(pcap|pcapng)$/).flatMap(excerpts), ...ruleCaptures(), ...tunnelled()];
  return recordReader("network", ".pcap", seeds, readNetwork);
}

export function recordReader(
  name: string,
  extension: string,
  files: readonly Uint8Array[],
  run: (input: Uint8Array) => void | Promise<void>,
  allowedMillis: (bytes: number) => number = (bytes) => 300 + bytes / 50,
): FuzzReader {
  const seeds = files.filter(({ length }) => length < LARGEST_SEED);
  const sound = seeds.map(recordFileOf).filter((file) => file !== undefined);
  const own = new Seeds(seeds);
  const next = (random: Random): Uint8Array =>
    random.isOneIn(3)
      ? mutated(own.pick(random, seeds.length), random, own.all, byteMutations)
      : mutatedRecords(random.pick(sound), random, sound satisfies readonly RecordFile[]);
  return { name, extension, allowedMillis, next, run, keep: (input) => void own.all.push(input) };
}

/** All formats are tried on it, in one piece and in pieces: both must give the same. */
function readFile(input: Uint8Array): void {
  const whole = framesOf([input]);
  const pieces = framesOf(inPieces(input));
  ensure(whole.frames.length === pieces.frames.length, "another number of frames when it comes in pieces");
  for (const [index, frame] of whole.frames.entries()) {
    const other = pieces.frames[index];
    const same =
      frame.timeMicros === other.timeMicros &&
      frame.linkType === other.linkType &&
      frame.originalLength === other.originalLength &&
      Buffer.compare(capturedBytes(frame), capturedBytes(other)) === 0;
    ensure(same, "other frames when it comes in pieces");
    ensure(Number.isFinite(frame.timeMicros), "a time is no number");
    ensure(frame.number === index + 1, "frames are not numbered one by one");
  }
  const kinds = ({ incidents }: FramesRead): string => JSON.stringify(incidents);
  ensure(kinds(whole) === kinds(pieces), "other incidents when it comes in pieces");
  const bytes = whole.frames.reduce((sum, frame) => sum + frame.end - frame.start, 0);
  ensure(bytes <= 2 * input.length + 1024, "more comes out of a file than is in it");
}

/** A short call in every encapsulation that there is. */
function tunnelled(): Uint8Array[] {
  const path = fileURLToPath(new URL("../../../fixtures/captures/i-404-from-edge.pcap", import.meta.url));
  const frames = readPcap(path);
  return encapsulations.map(({ linkType, wrap }) => {
    const wrapped = frames.flatMap((frame, index) => wrap(frame.bytes, index).map((bytes) => ({ ...frame, bytes })));
    return new Uint8Array(pcapOf(wrapped, linkType));
  });
}

/** The records of a sound capture, a few at a time; anything else as it is. */
function excerpts(file: Uint8Array): Uint8Array[] {
  const found = recordFileOf(file);
  if (found === undefined) return [file];
  const { head, records, isFrame } = found;
  const before = records.slice(0, Math.max(0, records.findIndex(isFrame)));
  const frames = records.slice(before.length);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < frames.length; at += RECORDS_AN_EXCERPT) {
    parts.push(joined(head, ...before, ...frames.slice(at, at + RECORDS_AN_EXCERPT)));
  }
  return parts;
}

function linesOf(file: Uint8Array): Uint8Array[] {
  const lines = Buffer.from(file)
    .toString("latin1")
    .split(/(?<=\n)/);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < lines.length; at += LINES_AN_EXCERPT) {
    parts.push(new Uint8Array(Buffer.from(lines.slice(at, at + LINES_AN_EXCERPT).join(""), "latin1")));
  }
  return parts;
}

interface FramesRead {
  readonly frames: readonly Frame[];
  readonly incidents: readonly Incident[];
}

function framesOf(pieces: readonly Uint8Array[]): FramesRead {
  const frames: Frame[] = [];
  const incidents: Incident[] = [];
  const reader = new CaptureReader({
    capture: 0,
    onFrame: (frame) => void frames.push(frame),
    onIncident: (incident) => void incidents.push(incident),
  });
  for (const piece of pieces) reader.push(piece);
  reader.flush();
  return { frames, incidents };
}

function inPieces(input: Uint8Array): Uint8Array[] {
  const random = new Random(input.length);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < input.length;) {
    const end = Math.min(input.length, at + 1 + random.below(random.isOneIn(2) ? 4096 : 100));
    pieces.push(input.slice(at, end));
    at = end;
  }
  return pieces;
}

export function readNetwork(input: Uint8Array, { keyLog, tlsCrypto, areLate = false }: Keys = {}): void {
  const { frames } = framesOf([input]);
  let bytes = 0;
  const decoder = new NetworkDecoder({
    onPacket(packet) {
      checkPacket(packet);
      bytes += packet.end - packet.start;
    },
    onEvent: ({ timeMicros, frame }) => ensure(Number.isFinite(timeMicros) && frame > 0, "an event has no place"),
    onIncident: ({ count }) => ensure(count > 0, "an incident that did not happen"),
    tlsCrypto,
  });
  if (keyLog !== undefined) decoder.addKeyLog(areLate ? "" : keyLog, areLate ? "log" : undefined);
  for (const frame of frames) decoder.push(frame);
  if (keyLog !== undefined && areLate) decoder.addKeyLog(keyLog);
  decoder.flush();
  ensure(bytes <= 2 * input.length + 1024, "more comes out of the network layers than went in");
}

interface Keys {
  readonly keyLog?: string;
  readonly tlsCrypto?: TlsCrypto;
  /** They come after the packets. */
  readonly areLate?: boolean;
}

function checkPacket({ bytes, start, end, source, destination, frame, timeMicros }: Packet): void {
  ensure(start >= 0 && start <= end && end <= bytes.length, "a packet is outside its buffer");
  ensure(Number.isFinite(timeMicros) && frame > 0, "a packet has no place");
  for (const { text, port } of [source, destination]) {
    ensure(port >= 0 && port <= 65_535, "a port is out of range");
    ensure(text.length < 300, "an address is too long");
  }
}

/** For readers of whole captures, whatever their format. */
export function anyCapture(): readonly Uint8Array[] {
  return [...captureFiles(), ...hepFiles(), ...ruleCaptures()].filter(({ length }) => length < LARGEST_SEED);
}
