import { isSameNumber } from "../../call/sameUser.ts";
import { type Dialog, dialogOf } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import type { SipRequest } from "../../message/message.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { reason } from "../../message/reason.ts";
import { recordRoute } from "../../message/recordRoute.ts";
import { route } from "../../message/route.ts";
import { parseUri } from "../../message/uri.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Rule, Verdict } from "../rule.ts";
import { calleeIn } from "../callee.ts";
import { whoKnows } from "../missing.ts";
import { firstHopWith } from "../firstHopWith.ts";
import { lapsedRegistration } from "./callee-unavailable.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { meantBy } from "./meantBy.ts";
import { isNumber, otherNumberForm } from "./numberForm.ts";
import { redirectTo } from "./redirectTo.ts";
import { wasRetried } from "./retry.ts";

const NOT_FOUND: ReadonlySet<number> = new Set([404, 604, 410, 484, 485, 416]);
/** And what is answered as if by the callee, though its cause says that there is no such number. */
const ANSWERS: ReadonlySet<number> = new Set([...NOT_FOUND, 486, 600, 603]);

/** The Request-URI leads to nobody. RFC 3261 §8.2.2.1, §21.4.5, §21.4.22 */
export const numberNotFound: Rule<"transaction", "number-not-found"> = {
  id: "number-not-found",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.2.1", "RFC 3261 §21.4.5"],
  finalStatusCodes: ANSWERS,
  check(root, context) {
    const answer = answerOf(root, ANSWERS, context);
    if (answer === undefined || !NOT_FOUND.has(meantBy(root, answer))) return undefined;
    if (wasAskedAgain(root, answer, context)) return undefined;
    if (isCallToLapsed(root, answer, context)) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const { cause, verdict, example = "", shows = [], or, route: given = "given" } = causeOf(root, answer, context);
    const isOpen = verdict !== "certain" && (origin.orBehind || cause !== "not-in-routing");
    const unsure = whoKnows(origin, asked.callId);
    const redirected = redirectTo(asked, context.call);
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [
        ...(redirected === undefined ? [] : [{ message: redirected.finalResponse!, field: contact }]),
        asked,
        minted,
        ...shows,
      ],
      missing: isOpen ? [unsure] : [],
      readings: or === undefined ? [] : [{ cause: or, values: {}, decidedBy: unsure }],
      citations: given === "missing" ? ["RFC 3261 §12.2.1.1"] : given === "inside" ? ["RFC 5057 §5.1"] : [],
      values: {
        callee: calleeIn(asked),
        origin: origin.endpoint.text,
        client: askerOf(root, answer, context).client.text,
        method: asked.method,
        statusCode,
        example,
        scheme: parseUri(asked.requestUri)?.scheme ?? "",
        q850: q850CauseOf(minted) ?? 0,
        route: given,
        user: namesUser(asked) ? "yes" : "no",
        redirector: redirected?.server.text ?? "none",
      },
    };
  },
};

/** An account is set up where the request has its name from; a number may be changed wherever it is sent on. */
function askerOf(root: Transaction, answer: Answer, context: Context): Transaction {
  const { asked, lastHop } = answer;
  if (asked.method !== "REGISTER") return lastHop;
  return firstHopWith(root, answer, context, (request) => calleeIn(request) === calleeIn(asked)) ?? lastHop;
}

/** The callee is known there, and not registered any more. */
function isCallToLapsed(root: Transaction, answer: Answer, context: Context): boolean {
  if (answer.statusCode !== 404 || answer.request.toTag !== "" || q850CauseOf(answer.minted) !== undefined)
    return false;
  return lapsedRegistration(root, answer, context) !== undefined;
}

/** A 484 after which more digits are dialled is how overlap dialling goes (RFC 3578); a 416 may be followed by another scheme. RFC 3261 §8.1.3.5 */
function wasAskedAgain(root: Transaction, { statusCode, request }: Answer, context: Context): boolean {
  const before = parseUri(request.requestUri);
  if (statusCode === 416)
    return wasRetried(root, context, ({ requestUri }) => parseUri(requestUri)?.scheme !== before?.scheme);
  if (statusCode !== 484) return false;
  const digits = before?.user ?? "";
  return context.call.legs.some(({ roots }) =>
    roots.some(({ request: next, client }) => {
      if (next?.method !== "INVITE" || client.host !== root.client.host) return false;
      const user = parseUri(next.requestUri)?.user ?? "";
      const isLater = next.packet.timeMicros > request.packet.timeMicros;
      return isLater && user.length > digits.length && user.startsWith(digits);
    }),
  );
}

type Cause =
  | "unallocated-in-pstn"
  | "gone"
  | "incomplete"
  | "ambiguous"
  | "scheme-unsupported"
  | "number-format"
  | "domain-not-served"
  | "not-in-routing";

interface Reasoned {
  readonly cause: Cause;
  readonly verdict: Verdict;
  readonly example?: string;
  readonly shows?: readonly Evidence[];
  /** What fits too. */
  readonly or?: Cause;
  /** Of a request inside of a dialog. */
  readonly route?: "missing" | "inside";
}

const BY_CODE: Readonly<Record<number, Cause>> = {
  410: "gone",
  416: "scheme-unsupported",
  484: "incomplete",
  485: "ambiguous",
};

function causeOf(root: Transaction, answer: Answer, context: Context): Reasoned {
  const { minted, asked } = answer;
  if (asked.toTag !== "") return insideDialog(root, context);
  const uri = parseUri(asked.requestUri);
  const q850 = q850CauseOf(minted);
  if (q850 === 1 && isNumber(uri?.user ?? "")) return unallocated(answer);
  const cause = BY_CODE[meantBy(root, answer)];
  // Every SIP element takes sip URIs: what it does not take is something else.
  if (cause === "scheme-unsupported" && uri?.scheme === "sip") return { cause, verdict: "indeterminate" };
  // 28 is a number in a wrong format as well as an incomplete one. RFC 3398 §7.2.4.1
  if (cause === "incomplete" && q850 === 28) return { cause, verdict: "likely", shows: [q850Evidence(minted)] };
  const example = cause === "incomplete" ? otherwiseTaken(answer, context) : undefined;
  if (example !== undefined) return { cause: "number-format", verdict: "likely", example, or: "incomplete" };
  if (cause !== undefined) return { cause, verdict: "certain" };
  return byPrecedents(answer, context);
}

/** The same number in another form, which this server took: it is complete. */
function otherwiseTaken({ lastHop: { server }, asked }: Answer, { precedents }: Context): string | undefined {
  const user = parseUri(asked.requestUri)?.user ?? "";
  const taken = precedents.calleesOf(server).map((known) => parseUri(known)?.user ?? "");
  const same = taken.find((other) => isSameNumber(user, other));
  return same === undefined ? undefined : otherNumberForm(user, [same]);
}

/**
 * Gateways and B2BUAs write cause 1 for a 404 of SIP too (RFC 3398 §8.2.6.1): only where in the telephone network it arose proves that it did
 * so there. RFC 8606 §4
 */
function unallocated({ minted }: Answer): Reasoned {
  const shows = [q850Evidence(minted)];
  const isOfNetwork = minted
    .all(reason)
    .some(
      ({ protocol, location = "" }) =>
        protocol.toUpperCase() === "Q.850" && TELEPHONE_NETWORKS.has(location.toUpperCase()),
    );
  if (isOfNetwork) return { cause: "unallocated-in-pstn", verdict: "certain", shows };
  return { cause: "unallocated-in-pstn", verdict: "likely", shows, or: "not-in-routing" };
}

const TELEPHONE_NETWORKS: ReadonlySet<string> = new Set(["LN", "TN", "RLN", "INTL"]);

/** The Request-URI is what the other side gave as its `Contact` then: no number that somebody dialled. RFC 5057 §5.1 */
function insideDialog(root: Transaction, { leg }: Context): Reasoned {
  const dialog = dialogOf(root, leg.dialogs);
  const lacking = dialog && lackingRoute(root, dialog);
  const shows = lacking ?? (dialog === undefined ? [] : targetOf(root, dialog));
  return { cause: "not-in-routing", verdict: "likely", shows, route: lacking === undefined ? "inside" : "missing" };
}

/** The Record-Route of the dialog that a request inside of it does not obey, though it comes from the user agent itself. RFC 3261 §12.2.1.1 */
function lackingRoute({ client, request }: Transaction, dialog: Dialog): Evidence[] | undefined {
  if (request === undefined || request.has(route)) return undefined;
  const own = contactOf(dialog, request.fromTag);
  if (dialog.answer?.has(recordRoute) !== true || own !== client.address) return undefined;
  return [{ message: dialog.answer, field: recordRoute }];
}

/** Where the other side had said that requests go. */
function targetOf({ first }: Transaction, { callerTag, invite, answer }: Dialog): Evidence[] {
  const told = first.fromTag === callerTag ? answer : invite.request;
  return told?.has(contact) === true ? [{ message: told, field: contact }] : [];
}

function contactOf({ callerTag, invite, answer }: Dialog, tag: string): string | undefined {
  const uri = (tag === callerTag ? invite.request : answer)?.first(contact)?.uri;
  return uri === undefined ? undefined : parseUri(uri)?.host;
}

/** Compares with what this server took in other calls. */
function byPrecedents({ lastHop: { server }, asked }: Answer, { precedents, registrations }: Context): Reasoned {
  const uri = parseUri(asked.requestUri);
  if (uri === undefined) return { cause: "not-in-routing", verdict: "likely" };
  const domains = precedents.domainsOf(server);
  const isKnown = uri.host === server.address || domains.includes(uri.host) || registrations.isServed(uri.host, server);
  if (uri.host !== "" && domains.length > 0 && !isKnown)
    return { cause: "domain-not-served", verdict: "likely", or: "not-in-routing" };
  const taken = precedents.calleesOf(server).map((known) => parseUri(known)?.user ?? "");
  const example = otherNumberForm(uri.user ?? "", taken);
  if (example === undefined) return { cause: "not-in-routing", verdict: "likely" };
  return { cause: "number-format", verdict: "likely", example, or: "not-in-routing" };
}

function namesUser({ requestUri }: SipRequest): boolean {
  const uri = parseUri(requestUri);
  return uri === undefined || !uri.scheme.startsWith("sip") || (uri.user ?? "") !== "";
}
