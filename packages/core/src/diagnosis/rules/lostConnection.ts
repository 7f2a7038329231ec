import { isReliable } from "../../capture/transport.ts";
import { isSipPort } from "../../network/sipPorts.ts";
import type { Answer } from "../answer.ts";
import type { ConnectionEnd } from "../networkEvents.ts";
import type { RegisteredState } from "../registrations.ts";
import type { Context } from "../rule.ts";
import { calleeRegistrations } from "./calleeRegistrations.ts";

/** The connection that the other side had opened, over which alone it can be reached, and which had ended before the element gave its answer. RFC 5626 §3.1, RFC 7118 §5 */
export function lostConnection(answer: Answer, context: Context): ConnectionEnd | undefined {
  return answer.asked.toTag === "" ? ofRegistration(answer, context) : ofDialog(answer, context);
}

/** Over which the one device of the callee had registered. */
function ofRegistration(answer: Answer, context: Context): ConnectionEnd | undefined {
  const before = registeredOver(answer, context);
  return before && connectionOfRegistration(before, answer.minted.packet.timeMicros, context);
}

/** What the element that answered had said to the last REGISTER of the callee, where that has one device and came over a connection. */
export function registeredOver({ asked, origin, lastHop }: Answer, context: Context): RegisteredState | undefined {
  const before = calleeRegistrations(lastHop, asked.packet.timeMicros, context).at(-1);
  return before?.edge.host === origin.endpoint.host && isOverConnection(before) ? before : undefined;
}

/** That the connection over which the one device of this user had registered ended until then. */
export function connectionOfRegistration(
  state: RegisteredState,
  untilMicros: number,
  { closedBetween }: Context,
): ConnectionEnd | undefined {
  const { edge, client, timeMicros } = state;
  return isOverConnection(state) ? closedBetween(edge, client, timeMicros, untilMicros) : undefined;
}

/** Who listens for SIP there can be reached by a new connection. */
function isOverConnection({ bindings, packet, client }: RegisteredState): boolean {
  return bindings.length === 1 && isReliable(packet.transport) && !isSipPort(client.port);
}

/** Over which the last message of the dialog had gone between the element and the side that the request is for. */
function ofDialog({ asked, minted, origin }: Answer, { leg, closedBetween }: Context): ConnectionEnd | undefined {
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
