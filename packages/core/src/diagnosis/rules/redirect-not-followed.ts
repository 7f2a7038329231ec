import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { answerOf } from "../answer.ts";
import type { Context, Rule } from "../rule.ts";
import { calleeOf, longer } from "../wording.ts";
import { unreachableFrom } from "./reachability.ts";

const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 305]);

/** A 3xx whose Contact nobody tries. RFC 3261 §8.1.3.4 */
export const redirectNotFollowed: Rule<"transaction", "redirect-not-followed"> = {
  id: "redirect-not-followed",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.3.4"],
  finalStatusCodes: REDIRECTS,
  check(root, context) {
    if (root.method !== "INVITE") return undefined;
    const answer = answerOf(root, REDIRECTS, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const targets = targetsOf(response);
    if (targets.length === 0 || targets.some((target) => triedAfter(target, response, context))) return undefined;
    const watched = context.observedUntilMicros - response.packet.timeMicros;
    const longEnough = watched >= timerB;
    return {
      verdict: longEnough ? "likely" : "indeterminate",
      cause: causeOf(root, targets, response, context),
      response,
      origin,
      evidence: [request, minted, { message: minted, field: contact }],
      missing: longEnough ? [] : [longer(Math.ceil((timerB - watched) / 1e6))],
      values: {
        origin: origin.endpoint.text,
        callee: calleeOf(root),
        contact: targets[0],
        client: root.client.text,
        statusCode,
      },
    };
  },
};

function targetsOf(response: SipResponse): string[] {
  return response.all(contact).map(({ uri }) => uriWithoutParameters(uri));
}

function triedAfter(target: string, response: SipResponse, { call }: Context): boolean {
  return call.legs.some(({ transactions }) =>
    transactions.some(
      ({ method, request }) =>
        method === "INVITE" &&
        request !== undefined &&
        request.packet.timeMicros >= response.packet.timeMicros &&
        uriWithoutParameters(request.requestUri) === target,
    ),
  );
}

function causeOf(
  root: Transaction,
  targets: readonly string[],
  response: SipResponse,
  { leg }: Context,
): "loop" | "contact-unroutable" | "not-tried" {
  const before = leg.transactions.filter(({ index, method }) => method === "INVITE" && index <= root.index);
  const asked = new Set(before.map(calleeOf));
  if (targets.every((target) => asked.has(target))) return "loop";
  const unroutable = response.all(contact).every(({ uri }) => unreachableFrom(uri, root.client.address));
  return unroutable ? "contact-unroutable" : "not-tried";
}
