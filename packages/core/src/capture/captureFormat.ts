import type { FrameSink } from "./frameSink.ts";

/** One file format: a row in the table of `captureFormats.ts`. */
export interface CaptureFormat<Name extends string = string> {
  readonly name: Name;
  /** By magic, never by name. Undefined: these are too few bytes to tell. */
  sniff(bytes: Uint8Array): boolean | undefined;
  create(sink: FrameSink): RecordReader;
}

/**
 * What a log may not print with a time. One without a day is of 1970-01-01 or a day after, one without a year of 1972, and what is printed without a zone
 * is read as UTC.
 */
export type TimesLack = "day" | "year" | "zone";

/** Reads the records of one capture out of a stream of bytes. */
export interface RecordReader {
  /** Reads every record that is complete in `bytes[start, bytes.length)`; gives the offset of the first byte not read. */
  read(bytes: Uint8Array, start: number): number;
  /** How many bytes from the first one not read the next step takes; it may take more once it has those. */
  readonly wanted: number;
  /** Where the file holds one of several formats: which. */
  readonly formatName?: string;
  /** Where the file holds messages of several formats: how many of each. */
  readonly messagesByFormat?: ReadonlyMap<string, number>;
  /** Of a log: what its times do not say. */
  readonly timesLack?: ReadonlySet<TimesLack>;
  /** True where it keeps none of the bytes that it has read. Frames are places in them all the same. */
  readonly keepsNothing?: true;
  /** No bytes follow. */
  flush?(): void;
  /** True when a record made no sense: nothing more can be read. */
  readonly damaged: boolean;
}
