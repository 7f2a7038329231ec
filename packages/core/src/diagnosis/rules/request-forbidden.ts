import { from } from "../../message/from.ts";
import type { SipRequest } from "../../message/message.ts";
import { fromUri } from "../../message/partyUri.ts";
import { reasonCauseOf } from "../../message/q850Cause.ts";
import { firstHop, ringing, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Missing, Reading, Rule } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { behind, logOf } from "../missing.ts";
import { isEndedAfter } from "./endedAfter.ts";
import { credentialsOf, type GivenCredentials } from "./challenges.ts";
import { identityDiffers, isAccepted, rejectionOf, saysOtherIdentity } from "./credentials-rejected.ts";
import { algorithmMismatch } from "./digest-algorithm-unsupported.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
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
    // What Asterisk gives as its own cause may be a rule of its own.
    const q850 = reasonCauseOf(minted) ?? reasonCauseOf(response);
    const cause = q850 !== undefined ? "cause-mapped" : causeOf(last, given, accepted, context);
    // A transfer has rules of its own.
    if (cause === "inside-dialog" && last.method === "REFER") return undefined;
    const log = logOf(origin.endpoint, request.callId);
    const missing: Missing[] = origin.orBehind ? [log, behind(origin.endpoint)] : [log];
    // Without the challenge in view, and without proof that the account is let in, the password may be what is refused.
    const isOfAccount = given !== undefined && (cause === "after-authentication" || cause === "identity-differs");
    const passwords = isOfAccount && !counts(last, given, context) ? [passwordOf(given)] : [];
    const readings = readingsOf(cause, last, given, answer, context);
    const unsettled = passwords.length > 0 || (cause === "caller-id-refused" && !isCalleeTaken(last, context));
    return {
      verdict: unsettled ? "indeterminate" : "likely",
      cause,
      response,
      origin,
      evidence: [
        request,
        ...identityEvidence(request, given),
        minted,
        ...(q850 === undefined ? [] : [q850Evidence(reasonCauseOf(minted) === undefined ? response : minted)]),
      ],
      missing: [...passwords, ...missing],
      readings,
      citations: CITATIONS[cause],
      values: {
        // An access list is about who sends the request to it, a number about who makes the call.
        client: (cause === "before-authentication" ? answer.lastHop : firstHop(last)).client.text,
        origin: origin.endpoint.text,
        method: last.method,
        callee: calleeOf(last),
        from: fromUri(request),
        username: given?.credentials.username ?? "",
        realm: given?.credentials.realm ?? "",
        accepted: accepted ?? "",
        q850: q850 ?? 0,
        after: isEndedAfter(last, context) ? "ended" : "on",
      },
    };
  },
};

type Cause =
  | "before-authentication"
  | "after-authentication"
  | "identity-differs"
  | "caller-id-refused"
  | "after-ringing"
  | "inside-dialog"
  | "cause-mapped";

const CITATIONS: Readonly<Record<Cause, readonly string[]>> = {
  "before-authentication": [],
  "after-authentication": [],
  "identity-differs": [],
  "caller-id-refused": ["RFC 3325 §5"],
  "after-ringing": [],
  "inside-dialog": [],
  "cause-mapped": ["RFC 3398 §7.2.4.1"],
};

function causeOf(
  last: Transaction,
  given: GivenCredentials | undefined,
  accepted: string | undefined,
  context: Context,
): Cause {
  if (accepted !== undefined || given === undefined) {
    // Then nobody asks any more who may come in.
    if (last.request!.toTag !== "") return "inside-dialog";
    if (ringing(last) !== undefined) return "after-ringing";
    return accepted === undefined ? "before-authentication" : "caller-id-refused";
  }
  const differs = identityDiffers(last.request!, given) && !isTakenTogether(last, given, context);
  return differs ? "identity-differs" : "after-authentication";
}

/** The server took calls of this caller, and the account counts: that the two differ is no matter. */
function isTakenTogether(
  { client, server, request }: Transaction,
  given: GivenCredentials,
  { precedents }: Context,
): boolean {
  const { username, realm } = given.credentials;
  return precedents.callersOf(client, server).includes(fromUri(request!)) && precedents.hasAccount(username, realm);
}

function passwordOf({ credentials: { username, realm } }: GivenCredentials): Missing {
  return { kind: "credentials", values: { username, realm } };
}

function counts(last: Transaction, given: GivenCredentials, context: Context): boolean {
  const { request, finalResponse } = last;
  if (finalResponse !== undefined && saysOtherIdentity(finalResponse)) return true;
  if (request !== undefined && context.provePassword(request, given.credentials) === "right") return true;
  return isAccepted(last, given, context);
}

/** Callers other than this one whose calls the server took from the same client. */
function otherCallers(last: Transaction, request: SipRequest, { precedents }: Context): string[] {
  if (last.method !== "INVITE") return [];
  const { client, server } = last;
  return precedents.mayTake(client, server, fromUri(request)) ? [] : [...precedents.callersOf(client, server)];
}

/** It is not for the destination's sake then. */
function isCalleeTaken(last: Transaction, { precedents }: Context): boolean {
  return precedents.calleesOf(last.server).includes(calleeOf(last));
}

function identityEvidence(request: SipRequest, given: GivenCredentials | undefined): Evidence[] {
  const identity = { message: request, field: from };
  return given === undefined ? [identity] : [identity, { message: request, field: given.field, index: given.index }];
}

/** An account may have another name than its number, and a caller may be refused for whom it calls: then it is another rule after all. */
function readingsOf(
  cause: Cause,
  last: Transaction,
  given: GivenCredentials | undefined,
  answer: Answer,
  context: Context,
): Reading[] {
  const decidedBy = logOf(answer.origin.endpoint, answer.request.callId);
  const isOther = cause === "identity-differs" || cause === "caller-id-refused";
  if (isOther && given !== undefined) return [{ cause: "after-authentication", values: {}, decidedBy }];
  if (cause !== "caller-id-refused" || isCalleeTaken(last, context)) return [];
  return [{ cause: "before-authentication", values: {}, decidedBy }];
}
