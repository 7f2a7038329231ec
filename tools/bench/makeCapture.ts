// A big capture out of the small ones: the same calls again and again, each with Call-ID, branches and tags of its own,
// many under way at the same time, with RTP and other traffic between. The same options give the same bytes.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Agenda } from "./agenda.ts";
import { CaptureWriter } from "./captureWriter.ts";
import { readRtp, readTemplate, type Template, type TemplatePair } from "./template.ts";

export interface CaptureOptions {
  readonly path: string;
  readonly sizeBytes: number;
  readonly seed: number;
}

export interface CaptureCounts {
  bytes: number;
  packets: number;
  sipPackets: number;
  /** Call-IDs: calls, and registrations where `h2` is replayed. */
  calls: number;
}

interface Replay {
  readonly template: Template;
  readonly order: number;
  readonly startMicros: number;
  readonly firstSerial: number;
  next: number;
  timeMicros: number;
}

const CALLS_PER_SECOND = 50;
const START_MICROS = Date.UTC(2026, 10, 22, 7) * 1000;
/** Only every so many calls bring the ARP and IPv6 traffic that was captured beside them. */
const CALLS_PER_NOISE = 8;
const CALLS_PER_RTP_STREAM = 60;

/** How often each fixture is replayed. Failures outnumber answered calls: explaining them is what takes time. */
const weights: Readonly<Record<string, number>> = {
  "a-plain-200": 20,
  "b-refer-success": 1,
  "c-refer-no-notify": 1,
  "d2-refer-486-baresip": 1,
  "e-refer-notify-481": 1,
  "f1-502-malformed-badline": 1,
  "g-502-q850-38": 4,
  "h0-407-then-200": 3,
  "h1-407-wrong-password-loop": 3,
  "h2-401-register-wrong-password-baresip": 1,
  "i-302": 6,
  "i-404-from-edge": 12,
  "i-408-uas-silent-blackhole": 5,
  "i-480-not-registered": 10,
  "i-486": 10,
  "i-487-cancel": 8,
  "i-488": 3,
  "i-503-retry-after-edge": 8,
  "i-603": 3,
  "j2-ack-never-sent": 1,
};

/** Writes the capture; memory stays bounded whatever its size. */
export function makeCapture(options: CaptureOptions): CaptureCounts {
  const replays = scheduleReplays(options);
  const agenda = new Agenda<Replay>();
  const writer = new CaptureWriter(options.path);
  const counts: CaptureCounts = { bytes: 0, packets: 0, sipPackets: 0, calls: 0 };
  let upcoming = replays.next();
  for (;;) {
    while (!upcoming.done && upcoming.value.timeMicros <= (agenda.first?.timeMicros ?? Infinity)) {
      agenda.add(upcoming.value);
      upcoming = replays.next();
    }
    const replay = agenda.first;
    if (replay === undefined) break;
    writeNext(replay, writer, counts);
    advance(replay, agenda);
  }
  writer.close();
  return { ...counts, bytes: writer.bytesWritten };
}

/** The calls in order of their start, until they fill the file. */
function* scheduleReplays({ sizeBytes, seed }: CaptureOptions): Generator<Replay, undefined> {
  const random = makeRandom(seed);
  const deck = readDeck();
  const rtp = readRtp(fixture("p-baresip-register-call-rtp"), 40);
  let startMicros = START_MICROS;
  let firstSerial = 36 ** 4;
  let bytes = 24;
  for (let order = 0; bytes < sizeBytes; order++) {
    const isRtp = order % CALLS_PER_RTP_STREAM === CALLS_PER_RTP_STREAM - 1;
    const call = isRtp ? rtp : deck[Math.floor(random() * deck.length)];
    const template = order % CALLS_PER_NOISE === 0 ? call.withNoise : call.plain;
    yield {
      template,
      order,
      startMicros,
      firstSerial,
      next: 0,
      timeMicros: startMicros + template.packets[0].offsetMicros,
    };
    bytes += template.recordBytes;
    firstSerial += template.tokenCount;
    startMicros += Math.round((random() * 2 * 1e6) / CALLS_PER_SECOND);
  }
}

function writeNext(replay: Replay, writer: CaptureWriter, counts: CaptureCounts): void {
  const packet = replay.template.packets[replay.next];
  writer.write(packet, replay.timeMicros, replay.firstSerial);
  counts.packets++;
  if (packet.isSip) counts.sipPackets++;
  if (replay.next === 0) counts.calls += replay.template.callCount;
}

function advance(replay: Replay, agenda: Agenda<Replay>): void {
  replay.next++;
  const packet = replay.template.packets[replay.next];
  if (packet === undefined) return agenda.removeFirst();
  replay.timeMicros = replay.startMicros + packet.offsetMicros;
  agenda.firstHasMoved();
}

function readDeck(): readonly TemplatePair[] {
  return Object.entries(weights).flatMap(([name, weight]) => Array(weight).fill(readTemplate(fixture(name))));
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/captures/${name}.pcap`, import.meta.url));
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { size: { type: "string", default: "104" }, seed: { type: "string", default: "1" } },
  });
  const [path] = positionals;
  if (path === undefined) {
    console.error("usage: node tools/bench/makeCapture.ts OUT.pcap [--size MEGABYTES] [--seed NUMBER]");
    process.exit(2);
  }
  const counts = makeCapture({ path, sizeBytes: Number(values.size) * 1e6, seed: Number(values.seed) });
  console.log(JSON.stringify(counts));
}
