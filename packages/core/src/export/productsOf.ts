import { barePacket, parseMessage } from "../message/parseMessage.ts";
import { userAgent } from "../message/userAgent.ts";
import { via } from "../message/via.ts";
import type { TracedMessage } from "./callTraffic.ts";

/**
 * What elements call themselves, by address with and without port. Only a request that has passed no element but its sender, by its one
 * Via, says who that is: what a proxy forwards carries the name of somebody else.
 */
export function productsOf(messages: readonly TracedMessage[]): Map<string, string> {
  const products = new Map<string, string>();
  for (const { bytes, source } of messages) {
    const message = parseMessage(barePacket(bytes));
    if (message?.kind !== "request" || message.all(via).length !== 1) continue;
    const product = message.first(userAgent);
    if (product === undefined || products.has(source.text)) continue;
    products.set(source.text, product);
    products.set(source.address, product);
  }
  return products;
}
