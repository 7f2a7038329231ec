import type { Call } from "../../call/call.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** The request for which a B2BUA sent this one, with a Call-ID or a From tag of its own: it had come to the same element and was not answered yet. */
export function legAbove(root: Transaction, call: Call): Transaction | undefined {
  const { callId, fromTag, packet } = root.first;
  return call.legs
    .flatMap(({ transactions }) => transactions)
    .findLast(
      ({ method, server, request, first, downstream, finalResponse }) =>
        method === root.method &&
        server.host === root.client.host &&
        request?.toTag === "" &&
        (first.callId !== callId || first.fromTag !== fromTag) &&
        first.packet.timeMicros <= packet.timeMicros &&
        downstream.length === 0 &&
        !(finalResponse !== undefined && finalResponse.packet.timeMicros < packet.timeMicros),
    );
}
