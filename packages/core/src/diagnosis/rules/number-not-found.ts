import { parseUri } from "../../message/uri.ts";
import { type Answer, answerOf, q850CauseOf } from "../answer.ts";
import type { Rule } from "../rule.ts";
import { behind, calleeOf, logOf } from "../wording.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { otherNumberForm } from "./numberForm.ts";

const NOT_FOUND: ReadonlySet<number> = new Set([404, 604, 410, 484, 485, 416]);

/** The Request-URI leads to nobody. RFC 3261 §8.2.2.1, §21.4.5, §21.4.22 */
export const numberNotFound: Rule<"transaction", "number-not-found"> = {
  id: "number-not-found",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.2.1", "RFC 3261 §21.4.5"],
  finalStatusCodes: NOT_FOUND,
  check(root, context) {
    const answer = answerOf(root, NOT_FOUND, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const unallocated = q850CauseOf(response) === 1;
    const known = context.precedents.calleesOf(answer.lastHop.server);
    const { cause, example } = unallocated ? { cause: "unallocated-in-pstn" as const } : causeOf(answer, known);
    const guessed = GUESSED.has(cause);
    const unsure = origin.orBehind ? behind(origin.endpoint) : logOf(origin.endpoint, request.callId);
    return {
      verdict: guessed ? "likely" : "certain",
      cause,
      response,
      origin,
      evidence: unallocated ? [request, minted, q850Evidence(minted)] : [request, minted],
      missing: guessed && (origin.orBehind || example !== undefined) ? [unsure] : [],
      readings: example === undefined ? [] : [{ cause: "not-in-routing", values: {}, decidedBy: unsure }],
      values: {
        callee: calleeOf(root),
        origin: origin.endpoint.text,
        client: answer.lastHop.client.text,
        statusCode,
        example: example ?? "",
        scheme: parseUri(request.requestUri)?.scheme ?? "",
      },
    };
  },
};

type Cause =
  | "gone"
  | "incomplete"
  | "ambiguous"
  | "scheme-unsupported"
  | "number-format"
  | "domain-not-served"
  | "not-in-routing";

const BY_CODE: Readonly<Record<number, Cause>> = {
  410: "gone",
  416: "scheme-unsupported",
  484: "incomplete",
  485: "ambiguous",
};
const GUESSED: ReadonlySet<string> = new Set(["not-in-routing", "number-format", "domain-not-served"]);

/** @param known what this server took in other calls */
function causeOf(
  { statusCode, lastHop, request }: Answer,
  known: readonly string[],
): { cause: Cause; example?: string } {
  const cause = BY_CODE[statusCode];
  if (cause !== undefined) return { cause };
  const asked = parseUri((lastHop.request ?? request).requestUri);
  const others = known.map(parseUri).filter((uri) => uri !== undefined);
  if (asked === undefined || others.length === 0) return { cause: "not-in-routing" };
  if (asked.host !== lastHop.server.address && others.every(({ host }) => host !== asked.host)) {
    return { cause: "domain-not-served", example: known[0] };
  }
  const example = otherNumberForm(
    asked.user ?? "",
    others.map(({ user }) => user ?? ""),
  );
  return example === undefined ? { cause: "not-in-routing" } : { cause: "number-format", example };
}
