import type { MessageSet } from "./messageFile.ts";

/** A parser that reads the messages of one set by their place in it. */
export interface ParserUnderTest {
  /** What is measured; returns what was read, so that no compiler leaves the reading out. */
  parse(index: number): unknown;
  /** `undefined` where it refuses the message. */
  facts(index: number): MessageFacts | undefined;
}

/** What shows that a message was really parsed. */
export interface MessageFacts {
  readonly cseq: number;
  /** Via values, or Via lines with parsers that do not take these apart. */
  readonly vias: number;
}

/** What one run of a program prints, as JSON. */
export interface RunResult {
  readonly messages: number;
  /** Of a processor, for these messages. */
  readonly seconds: number;
  /** Of the messages as they were captured. */
  readonly refused: number;
  /** The sums over those. */
  readonly cseqs: number;
  readonly vias: number;
}

export type MakeParser = (set: MessageSet) => ParserUnderTest;

/** For what reads strings: made before the time is taken, one character for each byte. */
export function textsOf({ bytes, starts }: MessageSet): readonly string[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return starts.slice(1).map((end, index) => all.toString("latin1", starts[index], end));
}
