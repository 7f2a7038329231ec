import type { Leg } from "../call/leg.ts";
import { authorization } from "../message/authorization.ts";
import { from } from "../message/from.ts";
import type { SipRequest } from "../message/message.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { parseUri, uriWithoutParameters } from "../message/uri.ts";
import type { Endpoint } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { isSuccess, type Transaction } from "../transaction/transaction.ts";

/** Servers and pairs remembered, those used least recently forgotten first. */
const MAX_SERVERS = 10_000;
/** Examples are for showing, not for counting. */
const MAX_EXAMPLES = 8;
const MAX_DOMAINS = 64;
const NOBODY: readonly string[] = [];

/** What servers took in calls that have ended: against it one shows what they refuse. */
export class Precedents {
  /** URIs without parameters. */
  readonly #callers = new RecentMap<string, string[]>(MAX_SERVERS);
  readonly #callees = new RecentMap<string, string[]>(MAX_SERVERS);
  /** Hosts of Request-URIs, lower-case. */
  readonly #domains = new RecentMap<string, string[]>(MAX_SERVERS);
  readonly #accounts = new RecentMap<string, true>(MAX_SERVERS);

  learn(leg: Leg): void {
    for (const transaction of leg.transactions) {
      const { request, finalResponse: final, upstream } = transaction;
      if (request === undefined || final === undefined || !isSuccess(final)) continue;
      const isCall = transaction.method === "INVITE" && request.toTag === "";
      if (isCall) this.#addCallee(transaction, request);
      if (upstream !== undefined) continue;
      if (isCall) this.#addCaller(transaction, request);
      this.#addAccounts(request);
    }
  }

  /** Callers whose calls this server took from this client, the earliest first. */
  callersOf(client: Endpoint, server: Endpoint): readonly string[] {
    return this.#callers.get(pairKey(client, server)) ?? NOBODY;
  }

  /** True where it took a call of this caller too, or may have: not all callers of a busy client are remembered. */
  mayTake(client: Endpoint, server: Endpoint, caller: string): boolean {
    const known = this.callersOf(client, server);
    return known.length >= MAX_EXAMPLES || known.includes(caller);
  }

  /** Request-URIs that this server took, the earliest first. */
  calleesOf(server: Endpoint): readonly string[] {
    return this.#callees.get(server.text) ?? NOBODY;
  }

  /** Domains for which this server took calls; none where there are more than are remembered. */
  domainsOf(server: Endpoint): readonly string[] {
    const known = this.#domains.get(server.text) ?? NOBODY;
    return known.length < MAX_DOMAINS ? known : NOBODY;
  }

  /** True where a request with credentials of this user in this realm succeeded. */
  hasAccount(username: string, realm: string): boolean {
    return this.#accounts.get(accountKey(username, realm)) === true;
  }

  #addCallee({ server }: Transaction, { requestUri }: SipRequest): void {
    addExample(this.#callees, server.text, uriWithoutParameters(requestUri));
    const host = parseUri(requestUri)?.host ?? "";
    if (host !== "") addExample(this.#domains, server.text, host, MAX_DOMAINS);
  }

  #addCaller({ client, server }: Transaction, request: SipRequest): void {
    const caller = request.first(from)?.uri;
    if (caller !== undefined) addExample(this.#callers, pairKey(client, server), uriWithoutParameters(caller));
  }

  #addAccounts(request: SipRequest): void {
    for (const field of [authorization, proxyAuthorization]) {
      if (!request.has(field)) continue;
      for (const { username, realm, response } of request.all(field)) {
        if (response !== "") this.#accounts.set(accountKey(username, realm), true);
      }
    }
  }
}

function addExample(map: RecentMap<string, string[]>, key: string, example: string, most = MAX_EXAMPLES): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [example]);
  else if (known.length < most && !known.includes(example)) known.push(example);
}

function pairKey(client: Endpoint, server: Endpoint): string {
  return `${client.address} ${server.text}`;
}

function accountKey(username: string, realm: string): string {
  return `${username}\n${realm}`;
}
