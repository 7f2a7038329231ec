/** One sight of a message in a capture. */
export interface Sighting {
  readonly capture: number;
  /** By the clock of the capture. */
  readonly timeMicros: number;
  /** The same for the same bytes. */
  readonly key: string;
  /** `10.9.0.10:5060`; `""` where it was inferred. */
  readonly source: string;
  readonly destination: string;
  /** Of a SIP message that is the same on each hop but for what proxies and NATs change. */
  readonly passing?: PassingMessage;
}

/** What a SIP message is on each hop that it passes, whatever addresses and session description become on the way. */
export interface PassingMessage {
  /** Its Call-ID, CSeq and From tag. */
  readonly transaction: string;
  /** Of a request: those of its Via values, the top one first. */
  readonly branches?: readonly string[];
  /** Of a final response but a 2xx: that of its top Via value. */
  readonly refusedBranch?: string;
  /** Of a response; 0 of a request. */
  readonly statusCode: number;
  /** Of a response; `""` without. */
  readonly toTag: string;
}
