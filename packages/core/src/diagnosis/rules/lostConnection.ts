import { isReliable } from "../../capture/transport.ts";
import type { ConnectionClosed } from "../../network/packet.ts";
import { isSipPort } from "../../network/sipPorts.ts";
import type { Answer } from "../answer.ts";
import type { RegisteredState } from "../registrations.ts";
import type { Context } from "../rule.ts";
import { calleeRegistrations } from "./calleeRegistrations.ts";

/** The connection that the other side had opened, over which alone it can be reached, and which was closed before the element gave its answer. RFC 5626 §3.1, RFC 7118 §5 */
export function lostConnection(answer: Answer, context: Context): ConnectionClosed | undefined {
  return answer.asked.toTag === "" ? ofRegistration(answer, context) : ofDialog(answer, context);
}

/** Over which the one device of the callee had registered. */
function ofRegistration({ asked, minted, origin, lastHop }: Answer, context: Context): ConnectionClosed | undefined {
  const before = calleeRegistrations(lastHop, asked.packet.timeMicros, context).at(-1);
  if (before?.edge.host !== origin.endpoint.host) return undefined;
  return connectionOfRegistration(before, minted.packet.timeMicros, context);
}

/** That the connection over which the one device of this user had registered was closed until then. */
export function connectionOfRegistration(
  { bindings, packet, edge, client, timeMicros }: RegisteredState,
  untilMicros: number,
  { closedBetween }: Context,
): ConnectionClosed | undefined {
  // Who listens for SIP there can be reached by a new connection.
  if (bindings.length !== 1 || !isReliable(packet.transport) || isSipPort(client.port)) return undefined;
  return closedBetween(edge, client, timeMicros, untilMicros);
}

/** Over which the last message of the dialog had gone between the element and the side that the request is for. */
function ofDialog({ asked, minted, origin }: Answer, { leg, closedBetween }: Context): ConnectionClosed | undefined {
  const { host } = origin.endpoint;
  const asking = asked.packet.source.host;
  const last = leg.transactions.findLast(
    ({ first: { packet }, client, server }) =>
      packet.timeMicros < asked.packet.timeMicros &&
      isReliable(packet.transport) &&
      ((client.host === host && server.host !== asking) || (server.host === host && client.host !== asking)),
  );
  if (last === undefined || isSipPort((last.client.host === host ? last.server : last.client).port)) return undefined;
  return closedBetween(last.client, last.server, last.first.packet.timeMicros, minted.packet.timeMicros);
}
