import { atTimeOf, joinRecords, readRecords, snapped, type CaptureRecord } from "./captureRecords.ts";

/** A capture with one thing wrong with it. */
export interface Degraded {
  readonly kind: "dropped" | "cut" | "doubled" | "swapped" | "snapped";
  /** Frame number from 1, as Wireshark counts; 0 for all frames. */
  readonly frame: number;
  readonly bytes: Uint8Array;
}

/** `tcpdump -s`, from that of old versions on. */
const SNAP_LENGTHS: readonly number[] = [68, 96, 128, 200, 256, 300, 400, 500, 600, 800, 1000];

/**
 * The capture with each packet that says SIP dropped, doubled, captured in half and swapped with the next one, and cut after it; and all of it with several snap
 * lengths.
 * @param most how many packets of a capture are taken at most, spread over its length
 */
export function* degrade(file: Uint8Array, most: number = Number.POSITIVE_INFINITY): Generator<Degraded> {
  const capture = readRecords(file);
  if (capture === undefined) return;
  const { head, records } = capture;
  const all = (length: number): readonly CaptureRecord[] => records.map((record) => snapped(record, length));
  const join = (changed: readonly CaptureRecord[]): Uint8Array => joinRecords({ head, records: changed });
  for (const length of SNAP_LENGTHS) yield { kind: "snapped", frame: 0, bytes: join(all(length)) };
  for (const index of chosen(records, most)) {
    const frame = index + 1;
    yield { kind: "dropped", frame, bytes: join(records.toSpliced(index, 1)) };
    yield { kind: "cut", frame, bytes: join(records.slice(0, frame)) };
    yield { kind: "doubled", frame, bytes: join(records.toSpliced(index, 0, records[index])) };
    const half = snapped(records[index], records[index].bytes.length >> 1);
    yield { kind: "snapped", frame, bytes: join(records.with(index, half)) };
    const next = records[frame];
    if (next === undefined) continue;
    const swapped = [atTimeOf(next, records[index]), atTimeOf(records[index], next)];
    yield { kind: "swapped", frame, bytes: join(records.toSpliced(index, 2, ...swapped)) };
  }
}

function chosen(records: readonly CaptureRecord[], most: number): readonly number[] {
  const sip = [...records.keys()].filter((index) => records[index].saysSip);
  const step = Math.max(1, sip.length / most);
  return [...new Set(sip.map((_, index) => Math.floor(index * step)))]
    .filter((index) => index < sip.length)
    .map((index) => sip[index]);
}
