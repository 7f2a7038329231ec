import type { Origin } from "../call/origin.ts";
import type { Endpoint } from "../network/packet.ts";
import type { Missing } from "./rule.ts";

/** Capture at this element towards what is behind it. */
export function behind({ address, text }: Endpoint): Missing {
  return { kind: "behind", values: { address: text, filter: `host ${address}` } };
}

/** Capture at this element: its other side is not in view. */
export function beside({ address, text }: Endpoint): Missing {
  return { kind: "beside", values: { address: text, filter: `host ${address}` } };
}

/** The capture ends too early: run it this much longer past the message. */
export function longer(seconds: number): Missing {
  return { kind: "longer", values: { seconds } };
}

/** Only the element's own log or configuration knows. */
export function logOf({ text }: Endpoint, callId: string): Missing {
  return { kind: "log", values: { address: text, callId } };
}

/** Who can tell why it was answered so: what is behind the element, where that may have given the answer, or else its own log. */
export function whoKnows({ endpoint, orBehind }: Origin, callId: string): Missing {
  return orBehind ? behind(endpoint) : logOf(endpoint, callId);
}

/** Only the element's own log knows why it ended a connection. */
export function connectionLog({ text }: Endpoint): Missing {
  return { kind: "connection-log", values: { address: text } };
}
