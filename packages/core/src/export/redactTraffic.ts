import { endpointOf } from "../network/endpoint.ts";
import type { Endpoint } from "../network/packet.ts";
import { redactMessage, type Redactor } from "../redaction/index.ts";
import type { TracedMessage } from "./callTraffic.ts";

/** The messages with their addresses, redacted together with whatever else the redactor redacts. */
export function redactTraffic(messages: readonly TracedMessage[], redactor: Redactor): TracedMessage[] {
  const endpoint = ({ address, port }: Endpoint): Endpoint => endpointOf(redactor.host(address), port);
  return messages.map(({ source, destination, bytes, report: _report, ...message }) => ({
    ...message,
    source: endpoint(source),
    destination: endpoint(destination),
    bytes: redactMessage(bytes, redactor),
  }));
}
