import { byteMutations, joined, LONGEST_INPUT, mutated, textMutations } from "./mutate.ts";
import type { Random } from "./random.ts";

/** A file of records: what precedes them, and each as it lies in the file. */
export interface RecordFile {
  readonly head: Uint8Array;
  readonly records: readonly Uint8Array[];
  /** False for a record that frames need before them. */
  isFrame(record: Uint8Array): boolean;
  readonly layout: RecordLayout;
}

/** Where things are in a record, and how its lengths are put right after its data have changed. */
export interface RecordLayout {
  /** Where the data of a record start. */
  readonly dataAt: number;
  /** Where the data of a record end. */
  dataEnd(record: Uint8Array): number;
  /** The record with other data. */
  withData(record: Uint8Array, data: Uint8Array): Uint8Array;
  /** Where the payload that a person would want to change starts in the data; 0 where that is not known. */
  payloadAt(data: Uint8Array): number;
  /** Sets the lengths that the data themselves say. */
  repair(data: Uint8Array): void;
  /** Changes the time of a copy of the record. */
  setTime(record: Uint8Array, random: Random): void;
}

/** Changes records and what is in them and leaves the lengths right, so that readers further on get something to read. */
export function mutatedRecords(file: RecordFile, random: Random, others: readonly RecordFile[]): Uint8Array {
  const { head, layout } = file;
  let records = [...file.records];
  for (let left = random.few(8); left > 0 && records.length > 0; left--) {
    records = changed(records, layout, random, random.pick(others));
  }
  const bytes = joined(head, ...records).subarray(0, LONGEST_INPUT);
  return random.isOneIn(8) ? mutated(bytes, random, [bytes], byteMutations) : bytes;
}

/** Makes large what small inputs do not show, but not so large that hours are spent on one. */
const MOST_RECORDS = 1500;

function changed(records: Uint8Array[], layout: RecordLayout, random: Random, other: RecordFile): Uint8Array[] {
  const at = random.below(records.length);
  const record = records[at];
  switch (random.below(12)) {
    case 0:
      return records.toSpliced(at, random.few(6));
    case 1:
      return records.toSpliced(random.below(records.length), 0, ...copies(record, random));
    case 2: {
      const [taken] = records.splice(at, 1);
      return records.toSpliced(random.below(records.length + 1), 0, taken);
    }
    case 3: {
      const copy = record.slice();
      layout.setTime(copy, random);
      return records.with(at, copy);
    }
    case 4: {
      if (other.layout !== layout || other.records.length === 0) return records;
      const from = random.below(other.records.length);
      return records.toSpliced(at, random.below(2), ...other.records.slice(from, from + random.few(6)));
    }
    case 5:
      return records.with(at, mutated(record, random, [record], byteMutations));
    case 6:
      return records.with(
        at,
        withData(layout, record, (data) => mutated(data, random, [data], byteMutations)),
      );
    default:
      return records.with(at, withPayload(layout, record, random, random.pick(other.records)));
  }
}

function copies(record: Uint8Array, random: Random): Uint8Array[] {
  const count = random.isOneIn(20) ? random.between(64, MOST_RECORDS) : random.few(6);
  return Array.from({ length: count }, () => record);
}

function withData(layout: RecordLayout, record: Uint8Array, change: (data: Uint8Array) => Uint8Array): Uint8Array {
  if (record.length < layout.dataAt) return record;
  return layout.withData(record, change(record.slice(layout.dataAt, layout.dataEnd(record))));
}

function withPayload(layout: RecordLayout, record: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return withData(layout, record, (data) => {
    const at = layout.payloadAt(data);
    const payload = mutated(data.subarray(at), random, [other], textMutations);
    // An IP datagram cannot be longer.
    const whole = joined(data.subarray(0, at), payload.subarray(0, 65_000));
    layout.repair(whole);
    return whole;
  });
}
