import { timerB } from "../../transaction/timers.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { IcmpUnreachable } from "../../network/packet.ts";
import type { DeliveryEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { Context, Rule } from "../rule.ts";
import { secondsOf } from "../elapsed.ts";
import { beside, longer } from "../missing.ts";

/** About a minute without traffic is what NATs give to UDP. RFC 5626 §3.5, §4.4 */
const BINDING_MICROS = 60_000_000;

/**
 * A request to a registered phone that stays unanswered, after a silence longer than a NAT keeps a binding. RFC 5626 §4.4, RFC 3581 §3
 * Deviation: looks at the request that fails, not at the registration, which is healthy as such.
 */
export const natBindingExpired: Rule<"transaction", "nat-binding-expired"> = {
  id: "nat-binding-expired",
  inspects: "transaction",
  citations: ["RFC 5626 §4.4", "RFC 5626 §3.5"],
  restsOnOtherCalls: true,
  check(root, context) {
    const found = lostBehindNat(root, context);
    if (found === undefined) return undefined;
    const { hop, quiet, closed } = found;
    const { request, requests, client, server } = hop;
    const sentMicros = request!.packet.timeMicros;
    const watched = context.observedUntilMicros - sentMicros;
    const longEnough = watched >= timerB || closed !== undefined;
    return {
      verdict: longEnough ? "likely" : "indeterminate",
      evidence: [...requests, ...(closed === undefined ? [] : [closed])],
      missing: longEnough ? [beside(server)] : [longer(Math.ceil((timerB - watched) / 1e6))],
      values: {
        method: hop.method,
        contact: server.text,
        user: quiet.user,
        server: client.text,
        silent: secondsOf(quiet.lastHeardMicros, sentMicros),
        closed: closed === undefined ? "no" : "yes",
      },
    };
  },
};

/** A request to a registered phone behind a NAT that had long been silent. */
interface LostRequest {
  readonly hop: Transaction;
  readonly quiet: QuietRequest;
  /** The NAT itself says that nobody listens on the port any more. */
  readonly closed: IcmpUnreachable | undefined;
}

/** The hop on which a request went to a registered phone that had long been silent, and nothing came back. */
export function lostBehindNat(root: Transaction, context: Context): LostRequest | undefined {
  if (root.method === "ACK") return undefined;
  for (const hop of hops(root)) {
    if (hop.request === undefined || hop.responses.length > 0 || hop.downstream.length > 0) continue;
    const quiet = context.registrations.quietBefore(hop.request.packet);
    if (quiet === undefined || wasHeard(hop, quiet, context)) continue;
    const errors = context.eventsAbout(hop.client, hop.server, hop.first.packet.timeMicros);
    const closed = errors.find((event) => isOfClosedPort(event, hop));
    if (closed !== undefined) return { hop, quiet, closed };
    // Another ICMP error says that the address is reached, or why not.
    if (errors.length > 0 || wasAnswered(hop, context)) continue;
    if (hop.request.packet.timeMicros - quiet.lastHeardMicros >= BINDING_MICROS) return { hop, quiet, closed };
  }
  return undefined;
}

/** In the name of the address to which it translates the phone's. RFC 1122 §4.1.3.1 */
function isOfClosedPort(event: DeliveryEvent, { server }: Transaction): event is IcmpUnreachable {
  return event.kind === "icmp-unreachable" && event.reason === "port" && event.reporter === server.address;
}

/** Something came from there while the request was being repeated. */
function wasHeard({ requests }: Transaction, quiet: QuietRequest, { registrations }: Context): boolean {
  const { packet } = requests[requests.length - 1];
  return registrations.quietBefore(packet)?.lastHeardMicros !== quiet.lastHeardMicros;
}

/**
 * An answer came that is not in the capture: the request was not repeated, as it is while nothing comes, or what is sent there afterwards
 * has a To tag. RFC 3261 §17.1.1.2, §12.1.2
 */
function wasAnswered({ request, requests, client, server }: Transaction, { leg }: Context): boolean {
  if (requests.length === 1) return true;
  return (
    request?.toTag === "" &&
    leg.messages.some(
      ({ kind, toTag, packet }) =>
        kind === "request" && toTag !== "" && packet.source === client && packet.destination === server,
    )
  );
}
