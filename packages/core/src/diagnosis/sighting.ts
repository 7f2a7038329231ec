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

/** What a SIP message is on each hop that it passes, whatever Via, addresses and session description become on the way. */
export interface PassingMessage {
  /** Its Call-ID, CSeq and From tag. */
  readonly transaction: string;
  /** Status code and To tag of a response, `""` of a request. */
  readonly answer: string;
}
