import type { HostPort } from "../logged.ts";
import type { Transport } from "../transport.ts";
import type { Timestamp } from "./timestamp.ts";

/** What the lines before a message say about it. */
export interface TraceHead {
  readonly time?: Timestamp;
  readonly direction?: "sent" | "received";
  readonly source?: HostPort;
  readonly destination?: HostPort;
  /** Where they are said on lines of their own. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly transport?: Transport;
  /** What it came in was opened to be shown: TLS, a WebSocket. */
  readonly isSecure?: boolean;
  readonly inWebSocket?: boolean;
  /** Source and destination change places. */
  readonly swapped?: boolean;
  /** IPv4 identification. */
  readonly ipId?: number;
  /** The start line, where the log repeats it: the message begins where it stands again, maybe behind other text. */
  readonly startLine?: string;
  /** An ICMP error quotes the message: it was seen, if at all, when it was sent. */
  readonly isQuoted?: boolean;
  /** LINKTYPE_ value of the packet, if it comes in hexadecimal; -1 if it is one that cannot be told. */
  readonly linkType?: number;
  /** What comes in hexadecimal is what a datagram or a segment carries, and not the packet. */
  readonly dumpsPayload?: boolean;
  /** Names the entry of the log: a later marker with the same name and a `rest` goes on with the message, which the logger had cut. */
  readonly entry?: string;
}

/** A line that is not of a message. */
export interface TraceMarker {
  /** A message may follow, and nothing is known of it but this. Otherwise the line adds to what the lines before it said. */
  readonly begins?: boolean;
  readonly head?: TraceHead;
  /** The line is of the log, and no more of a message than that it ends one. */
  readonly isOther?: boolean;
  /** The message has ended before it, unless the next line says that it was cut. */
  readonly ends?: boolean;
  /** The line says that the logger cut the message before it. */
  readonly cut?: boolean;
  /** What of the line is already of the message: its start line, or the next piece of one that the logger cut. */
  readonly rest?: string;
}

/** How one program prints SIP messages: a row in the table of `traceFormats.ts`. */
export interface TraceFormat {
  readonly name: string;
  /** True where the log is of a capture: the same message may have been seen twice. Otherwise an element wrote down each message once. */
  readonly isCapture?: boolean;
  /** True where the packet itself may follow its dissection, in hexadecimal. */
  readonly dissects?: boolean;
  /** Only lines of at most `MARKER_LIMIT` characters are shown. `continues`: the marker before it was of this format. */
  marker(line: string, continues: boolean): TraceMarker | undefined;
  /** Where a message starts in a line right behind a marker, whatever stands before it; -1 if it does not. */
  startLineAt?(line: string): number;
  /** True where lines that are neither marker nor message may stand between them. */
  readonly keepsHead?: boolean;
  /** A line of a message without what the program adds to each, such as a mark for CR; undefined for a line that it added. */
  strip?(line: string): string | undefined;
}

/** Longer lines are no markers; it bounds what matching one may cost. */
export const MARKER_LIMIT = 512;
