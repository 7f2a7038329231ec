import { from } from "../../message/from.ts";
import type { SipRequest } from "../../message/message.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Missing, Reading, Rule } from "../rule.ts";
import { behind, calleeOf, logOf } from "../wording.ts";
import { credentialsOf, type GivenCredentials } from "./challenges.ts";
import { identityDiffers, isAccepted, rejectionOf } from "./credentials-rejected.ts";
import { algorithmMismatch } from "./digest-algorithm-unsupported.ts";
import { staleIdentity } from "./identity-rejected.ts";

const FORBIDDEN: ReadonlySet<number> = new Set([403]);

/** A 403 that is no matter of passwords or signatures. RFC 3261 §21.4.4 */
export const requestForbidden: Rule<"chain", "request-forbidden"> = {
  id: "request-forbidden",
  inspects: "chain",
  citations: ["RFC 3261 §21.4.4"],
  check(chain, context) {
    const last = chain.transactions[chain.transactions.length - 1];
    if (last.finalResponse?.statusCode !== 403) return undefined;
    const answer = answerOf(last, FORBIDDEN, context);
    if (answer === undefined || staleIdentity(answer) !== undefined) return undefined;
    if (algorithmMismatch(chain, context) !== undefined || rejectionOf(chain, context) !== undefined) return undefined;
    const { request, response, minted, origin } = answer;
    const given = credentialsOf(request)[0];
    const [accepted] = otherCallers(last, request, context);
    const cause = causeOf(request, given, accepted);
    const log = logOf(origin.endpoint, request.callId);
    const missing: Missing[] = origin.orBehind ? [log, behind(origin.endpoint)] : [log];
    // Without the challenge in view, and without proof that the account is let in, the password may be what is refused.
    const unsettled = given !== undefined && cause !== "caller-id-refused" && !counts(last, given, context);
    return {
      verdict: unsettled ? "indeterminate" : "likely",
      cause,
      response,
      origin,
      evidence: [request, ...identityEvidence(request, given), minted],
      missing: unsettled ? [passwordOf(given), ...missing] : missing,
      readings: readingsOf(cause, given, answer),
      citations: cause === "caller-id-refused" ? ["RFC 3325 §5"] : [],
      values: {
        client: last.client.text,
        origin: origin.endpoint.text,
        method: last.method,
        callee: calleeOf(last),
        from: uriWithoutParameters(request.first(from)?.uri ?? ""),
        username: given?.credentials.username ?? "",
        realm: given?.credentials.realm ?? "",
        accepted: accepted ?? "",
      },
    };
  },
};

type Cause = "before-authentication" | "after-authentication" | "identity-differs" | "caller-id-refused";

function causeOf(request: SipRequest, given: GivenCredentials | undefined, accepted: string | undefined): Cause {
  if (accepted !== undefined) return "caller-id-refused";
  if (given === undefined) return "before-authentication";
  return identityDiffers(request, given) ? "identity-differs" : "after-authentication";
}

function passwordOf({ credentials: { username, realm } }: GivenCredentials): Missing {
  return { kind: "credentials", values: { username, realm } };
}

function counts(last: Transaction, given: GivenCredentials, context: Context): boolean {
  const { request } = last;
  if (request !== undefined && context.provePassword(request, given.credentials) === "right") return true;
  return isAccepted(last, given, context);
}

/** Callers other than this one whose calls the server took from the same client. */
function otherCallers(last: Transaction, request: SipRequest, { precedents }: Context): string[] {
  if (last.method !== "INVITE") return [];
  const caller = uriWithoutParameters(request.first(from)?.uri ?? "");
  const known = precedents.callersOf(last.client, last.server);
  return known.includes(caller) ? [] : [...known];
}

function identityEvidence(request: SipRequest, given: GivenCredentials | undefined): Evidence[] {
  const identity = { message: request, field: from };
  return given === undefined ? [identity] : [identity, { message: request, field: given.field, index: given.index }];
}

/** An account may have another name than its number: then it is a rule on the account after all. */
function readingsOf(cause: Cause, given: GivenCredentials | undefined, answer: Answer): Reading[] {
  if (given === undefined || cause === "after-authentication") return [];
  const decidedBy = logOf(answer.origin.endpoint, answer.request.callId);
  return [{ cause: "after-authentication", values: {}, decidedBy }];
}
