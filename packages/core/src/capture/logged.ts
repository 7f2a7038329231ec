import type { Transport } from "./transport.ts";

/** What a log says about one message that it printed: a frame of `LINKTYPE_LOGGED` has this besides its bytes. */
export interface Logged {
  readonly transport: Transport;
  /** As seen by the element that wrote the log; undefined for a log that says both sides, or nothing. */
  readonly direction: "sent" | "received" | undefined;
  readonly source: HostPort | undefined;
  readonly destination: HostPort | undefined;
  /** IPv4 identification; 0 where it is not said. */
  readonly ipId: number;
  /** The log does not have all of the message. */
  readonly cut: boolean;
  /** What the log itself names the call by, if it does. */
  readonly identity?: string;
}

export interface HostPort {
  /** IP address without brackets, or a host name. */
  readonly host: string;
  readonly port: number;
}
