/**
 * Something about the input itself that a reader must know: it was cut, a part was skipped, a limit was reached.
 * Counted, not repeated: one incident per kind and capture. Its sentence is `incident.<kind>` in content/<lang>/ui.json.
 */
export interface Incident {
  readonly kind: IncidentKind;
  /** Index of the capture, from 0. */
  readonly capture: number;
  /** How often it happened. */
  readonly count: number;
  /** The first frame it happened at, if it has one. */
  readonly frame?: number;
  /** Values for its sentence. */
  readonly values?: Readonly<Record<string, string | number>>;
}

export type IncidentKind =
  | "file-cut" // the file ends inside a record
  | "container-unread" // packed in a way that cannot be unpacked here; `values.container` names it
  | "capture-foreign" // a capture in a format of another program, which is not read here; `values.program` names it
  | "packets-listed" // a text that says of packets with SIP no more than a line each
  | "members-skipped" // files in a container that are no captures
  | "file-damaged" // a record header makes no sense; reading stopped there
  | "packets-cut" // snaplen: captured less than was on the wire
  | "packets-duplicated" // the same packet seen twice (two taps, a mirror port)
  | "packets-missing" // TCP bytes that the capture does not have
  | "one-direction" // only one direction of the traffic is in the capture
  | "clock-stepped" // time goes backwards between frames
  | "clock-wrong" // a capture agent's clock is far off; the time of its report was taken
  | "clock-offset" // the clock of a capture is ahead of or behind another's; its times were shifted
  | "addresses-inferred" // a log does not say both sides of its messages
  | "times-missing" // messages of a log that have no time, or packets: `values.reason` says it then
  | "messages-cut" // the logger cut messages: what is missing is no error of their senders
  | "newest-first" // a log that had the newest message first was turned round
  | "text-mended" // what mail, a chat or a page had changed in a log was undone
  | "fragments-missing" // an IP datagram whose fragments never completed
  | "link-type-unknown"
  | "tunnel-too-deep"
  | "encrypted" // a TLS connection that cannot be read; `values.reason` says why
  | "decryption-failed" // a TLS record that its keys do not open
  | "websocket-compressed" // permessage-deflate
  | "limit-reached"; // a bounded buffer was full; `values.limit` names it
