import { userAgent } from "../../message/userAgent.ts";
import type { Endpoint } from "../../network/packet.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Rule } from "../rule.ts";
import { scannerOf } from "./scannerName.ts";

/** A program that names itself as a scanner was refused, or let in: nobody is waiting for it to come through, and what would help a subscriber helps nobody here. */
export const scannerSeen: Rule<"transaction", "scanner-seen"> = {
  id: "scanner-seen",
  inspects: "transaction",
  citations: [],
  standsAlone: true,
  check(root, context) {
    const { request, finalResponse: response, client } = root;
    if (request === undefined || response === undefined) return undefined;
    const isIn = isLetIn(root);
    if (!isIn && response.statusCode < 300) return undefined;
    const product = scannerOf(request);
    if (product === undefined || (!isIn && wasLetIn(client, context))) return undefined;
    const origin = isIn ? undefined : context.originOf(root, response);
    const minted = origin?.minted ?? response;
    return {
      // Anybody can write this name.
      verdict: "likely",
      cause: isIn ? "let-in" : "refused",
      response,
      origin,
      element: isIn ? root.server : undefined,
      evidence: [{ message: request, field: userAgent }, minted],
      values: {
        client: client.text,
        origin: (origin?.endpoint ?? root.server).text,
        method: root.method,
        product,
        statusCode: response.statusCode,
      },
    };
  },
};

/** A registration, a call or the like was accepted; that an OPTIONS is answered is no more than that there is a server. */
function isLetIn({ method, request, finalResponse }: Transaction): boolean {
  if (method === "OPTIONS" || request?.toTag !== "") return false;
  return finalResponse !== undefined && isSuccess(finalResponse);
}

function wasLetIn({ address }: Endpoint, { call }: Context): boolean {
  return call.legs.some(({ roots }) => roots.some((root) => root.client.address === address && isLetIn(root)));
}
