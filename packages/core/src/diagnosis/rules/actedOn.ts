import { contact } from "../../message/contact.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { RETRIED } from "../../transaction/chain.ts";
import type { Transaction } from "../../transaction/transaction.ts";

/**
 * True where the client did what the answer asked for, so that it is not what ended the attempt: the same request to the same server
 * once more, with credentials or another interval, or one to the Contact of a redirection. RFC 3261 §8.1.3.4, §8.1.3.5, §22.2
 */
export function isActedOn({ finalResponse, client, server }: Transaction, others: readonly Transaction[]): boolean {
  if (finalResponse === undefined) return false;
  const { statusCode, packet, callId } = finalResponse;
  const isLater = (other: Transaction): boolean =>
    other.client.host === client.host && other.first.packet.timeMicros >= packet.timeMicros;
  if (RETRIED.has(statusCode)) {
    return others.some((other) => other.first.callId === callId && other.server.host === server.host && isLater(other));
  }
  if (statusCode < 300 || statusCode >= 400) return false;
  const targets = finalResponse.all(contact).map(({ uri }) => uriWithoutParameters(uri));
  return others.some(
    (other) => isLater(other) && targets.includes(uriWithoutParameters(other.request?.requestUri ?? "")),
  );
}
