import type { HostPort } from "../logged.ts";
import type { TraceHead } from "./traceFormat.ts";

/** Where a message came from and went to, in the log of an element that sent or received it; most name the other side alone. */
export function messageSides(
  isReceived: boolean,
  peer: HostPort | undefined,
  own?: HostPort,
): Pick<TraceHead, "direction" | "source" | "destination"> {
  return isReceived
    ? { direction: "received", source: peer, destination: own }
    : { direction: "sent", source: own, destination: peer };
}
