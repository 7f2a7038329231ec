import type { Leg } from "../call/leg.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { SipRequest } from "../message/message.ts";
import { route } from "../message/route.ts";
import { via } from "../message/via.ts";
import type { Endpoint } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";

/** Pairs of a client and a name, those used least recently forgotten first. */
const MAX_NAMES = 10_000;
const MAX_SERVERS_PER_NAME = 8;
const NOBODY: readonly Endpoint[] = [];

/** To which servers each client sends requests of one method for a name: where it knows several, it can fail over. RFC 3263 §4.3 */
export class KnownTargets {
  readonly #servers = new RecentMap<string, Endpoint[]>(MAX_NAMES);

  /** First requests of dialogs count: later ones go where the dialog says. RFC 3261 §12.2.1.1 */
  learn({ transactions }: Leg): void {
    for (const transaction of transactions) {
      const { method, request, client, server } = transaction;
      if (request === undefined || request.toTag !== "" || method === "ACK" || method === "CANCEL") continue;
      const name = targetName(request);
      if (name === "") continue;
      const key = keyOf(client, method, name);
      const known = this.#servers.get(key);
      const isFull = known !== undefined && known.length >= MAX_SERVERS_PER_NAME;
      if (isFull || known?.includes(server) === true || !isOwnChoice(transaction, request, name)) continue;
      if (known === undefined) this.#servers.set(key, [server]);
      else known.push(server);
    }
  }

  serversOf(client: Endpoint, method: string, name: string): readonly Endpoint[] {
    return this.#servers.get(keyOf(client, method, name)) ?? NOBODY;
  }
}

/**
 * Whether this client looked the name up: several phones behind one NAT share an address, and the proxy that a name belongs to sends on to where
 * its users are. RFC 3261 §16.5, RFC 3581 §4
 * @param name the target name of the request
 */
export function isOwnChoice({ upstream }: Transaction, request: SipRequest, name: string): boolean {
  if (upstream?.request !== undefined && targetName(upstream.request) === name) return false;
  const host = request.first(via)?.host ?? "";
  return host === "" || isName(host) || host === request.packet.source.address;
}

/** The domain name that says where a request goes: of the top Route, else of the Request-URI; `""` for an address. RFC 3261 §8.1.2 */
export function targetName(request: SipRequest): string {
  const host = hostOf(request.first(route)?.uri ?? request.requestUri);
  return isName(host) ? host.toLowerCase() : "";
}

/** The host of a sip or sips URI, taken out without the rest: this is asked for every call. RFC 3261 §19.1.1 */
function hostOf(uri: string): string {
  const start = Math.max(uri.indexOf("@"), uri.indexOf(":")) + 1;
  if (uri[start] === "[") return "";
  let end = start;
  while (end < uri.length && !endsHost(uri.charCodeAt(end))) end++;
  return uri.slice(start, end);
}

/** `:`, `;` and `?`. */
function endsHost(code: number): boolean {
  return code === 0x3a || code === 0x3b || code === 0x3f;
}

/** No address: the last label of a name does not end in a digit in practice. RFC 3261 §25.1, toplabel */
function isName(host: string): boolean {
  const last = host.charCodeAt(host.length - 1);
  return host !== "" && !(last >= 48 && last <= 57);
}

function keyOf({ address }: Endpoint, method: string, name: string): string {
  return `${address} ${method} ${name}`;
}
