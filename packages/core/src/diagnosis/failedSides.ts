import type { Endpoint } from "../network/packet.ts";
import type { FailureEvent } from "./connectionFailures.ts";

/** Who wanted to reach whom: an ICMP error quotes the packet that was not delivered, a reset or a refusal comes from the side that did not take it. */
export function failedSides(event: FailureEvent): { readonly client: Endpoint; readonly server: Endpoint } {
  if ("client" in event) return event;
  const { kind, source, destination } = event;
  return kind === "connection-reset" || kind === "websocket-refused"
    ? { client: destination, server: source }
    : { client: source, server: destination };
}
