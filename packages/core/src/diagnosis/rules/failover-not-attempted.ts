import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Endpoint } from "../../network/packet.ts";
import { isOwnChoice, targetName } from "../knownTargets.ts";
import type { Context, Rule } from "../rule.ts";
import { longer } from "../missing.ts";
import { isSilent, watchOf } from "./silence.ts";

/** A client that fails over does it at once, or after a short timer of its own. */
const FAILOVER_MICROS = 5_000_000;
const MOST_NAMED = 3;
/** A ping and a registration are meant for this one server; the others go where the INVITE went. RFC 3261 §9.1, §17.1.1.3 */
const NOT_FOR_ONE_OF_MANY: ReadonlySet<string> = new Set(["ACK", "CANCEL", "OPTIONS", "REGISTER"]);

/** After a 503 or silence no other server of the name is tried, though the client knows others. RFC 3263 §4.3 */
export const failoverNotAttempted: Rule<"transaction", "failover-not-attempted"> = {
  id: "failover-not-attempted",
  inspects: "transaction",
  citations: ["RFC 3263 §4.3"],
  restsOnOtherCalls: true,
  check(root, context) {
    const final = root.finalResponse;
    if (root.request === undefined || root.request.toTag !== "" || NOT_FOR_ONE_OF_MANY.has(root.method))
      return undefined;
    if (final !== undefined && final.statusCode !== 503 && final.statusCode !== 500 && final.statusCode !== 408)
      return undefined;
    const failed = failedHop(root, context);
    if (failed?.request === undefined) return undefined;
    const name = targetName(failed.request);
    const others = name === "" ? [] : othersThan(failed, context.targets.serversOf(failed.client, failed.method, name));
    if (others.length === 0 || !isOwnChoice(failed, failed.request, name)) return undefined;
    if (triedElsewhere(failed, others, context)) return undefined;
    const response = failed.finalResponse;
    const since = (response ?? failed.first).packet.timeMicros + FAILOVER_MICROS;
    const enough = context.observedUntilMicros >= since && (response !== undefined || watchOf(failed, context).expired);
    return {
      verdict: enough ? "likely" : "indeterminate",
      response,
      evidence: [failed.request, ...(response === undefined ? failed.requests.slice(1) : [response])],
      missing: enough ? [] : [longer(Math.max(1, Math.ceil((since - context.observedUntilMicros) / 1e6)))],
      values: {
        client: failed.client.text,
        server: failed.server.text,
        method: failed.method,
        name,
        others: others
          .slice(0, MOST_NAMED)
          .map(({ text }) => text)
          .join(", "),
        statusCode: response?.statusCode ?? 0,
      },
    };
  },
};

/** The hop nearest to the callee on which 503 came, or nothing at all. */
function failedHop(root: Transaction, context: Context): Transaction | undefined {
  return hops(root).findLast((hop) => {
    if (hop.downstream.length > 0) return false;
    return hop.finalResponse?.statusCode === 503 || (isSilent(hop, context) && watchOf(hop, context).shown);
  });
}

function othersThan({ server }: Transaction, known: readonly Endpoint[]): Endpoint[] {
  return known.filter((other) => other.address !== server.address);
}

/** The same client sent a request of this method to another server, before or after: in this call, or for the same callee in another one. */
function triedElsewhere(failed: Transaction, others: readonly Endpoint[], { call, wasTriedAt }: Context): boolean {
  if (others.some((other) => wasTriedAt(other, failed.first.callId))) return true;
  return call.legs.some(({ transactions }) =>
    transactions.some(
      (other) =>
        other.method === failed.method &&
        other.client.address === failed.client.address &&
        other.server.address !== failed.server.address,
    ),
  );
}
