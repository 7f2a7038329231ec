import { authorization } from "../message/authorization.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { hops, type Transaction, wasAccepted } from "./transaction.ts";

/**
 * One request and its repetitions by the same client: after a challenge (RFC 3261 §22.2, §22.3), after 422 or 423 with another
 * interval. Same method, From tag and To tag; rising CSeq; each after the one before was answered.
 */
export interface Chain {
  readonly transactions: readonly Transaction[];
}

/** Status codes after which the same request is tried again with something changed. */
export const RETRIED: ReadonlySet<number> = new Set([401, 407, 420, 421, 422, 423, 494]);

/** The chains among the root transactions of one Call-ID; a request that was not repeated is a chain of one. */
export function chains(roots: readonly Transaction[]): Chain[] {
  if (!roots.some(isRetried)) return requests(roots).map((root) => ({ transactions: [root] }));
  const open = new Map<string, Transaction[]>();
  const found: Transaction[][] = [];
  for (const root of roots) {
    if (root.method === "ACK" || root.method === "CANCEL") continue;
    const chain = open.get(keyOf(root, root.request?.toTag ?? "")) ?? open.get(keyOf(root, root.first.toTag));
    if (chain !== undefined && continues(chain[chain.length - 1], root)) {
      chain.push(root);
      continue;
    }
    // A request that the capture missed is known by its response: it goes on with a chain, and starts none.
    if (root.request === undefined) continue;
    const started = [root];
    open.set(keyOf(root, root.request.toTag), started);
    found.push(started);
  }
  return found.map((transactions) => ({ transactions }));
}

/** The chains of elements that the request passed and that repeated it themselves, as one that has the credentials of its carrier; those that failed. */
export function repeatedBelow(root: Transaction): Chain[] {
  return hops(root)
    .filter(({ downstream }) => downstream.length > 1 && downstream.some(isRetried))
    .flatMap(({ downstream }) => chains(downstream))
    .filter(({ transactions }) => transactions.length > 1 && !wasAccepted(transactions[transactions.length - 1]));
}

function requests(roots: readonly Transaction[]): Transaction[] {
  return roots.filter(({ method, request }) => method !== "ACK" && method !== "CANCEL" && request !== undefined);
}

function isRetried({ finalResponse }: Transaction): boolean {
  return finalResponse !== undefined && RETRIED.has(finalResponse.statusCode);
}

function keyOf({ method, client, first }: Transaction, toTag: string): string {
  return `${method} ${client.address} ${first.fromTag} ${toTag}`;
}

function continues(before: Transaction, next: Transaction): boolean {
  const final = before.finalResponse;
  if (final === undefined || !isRetried(before)) return false;
  if (next.first.packet.timeMicros < final.packet.timeMicros) return false;
  return next.cseqNumber > before.cseqNumber || repeatsWithCredentials(before, next);
}

/** A proxy that answers a challenge itself may not count on, as the CSeq is its caller's; some clients do not either. */
function repeatsWithCredentials(before: Transaction, next: Transaction): boolean {
  if (next.cseqNumber !== before.cseqNumber || next.server.host !== before.server.host) return false;
  return numberOfCredentials(next) > numberOfCredentials(before);
}

function numberOfCredentials({ request }: Transaction): number {
  return request === undefined ? 0 : request.count(authorization) + request.count(proxyAuthorization);
}
