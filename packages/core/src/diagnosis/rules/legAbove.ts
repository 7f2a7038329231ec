import type { Call } from "../../call/call.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/** The request on another leg for which a B2BUA sent this one: it had come to the same element and was not answered yet. */
export function legAbove(root: Transaction, call: Call): Transaction | undefined {
  if (call.legs.length < 2) return undefined;
  const { callId, packet } = root.first;
  return call.legs
    .flatMap(({ transactions }) => transactions)
    .findLast(
      ({ method, server, request, first, downstream, finalResponse }) =>
        method === root.method &&
        server.address === root.client.address &&
        request?.toTag === "" &&
        first.callId !== callId &&
        first.packet.timeMicros <= packet.timeMicros &&
        downstream.length === 0 &&
        !(finalResponse !== undefined && finalResponse.packet.timeMicros < packet.timeMicros),
    );
}
