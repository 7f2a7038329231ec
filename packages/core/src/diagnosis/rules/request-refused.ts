import type { Call } from "../../call/call.ts";
import { namesNobody } from "../../call/legFeatures.ts";
import { contact } from "../../message/contact.ts";
import { contentType } from "../../message/contentType.ts";
import { from } from "../../message/from.ts";
import { headerField, type HeaderField } from "../../message/headerField.ts";
import { maxBreadth } from "../../message/maxBreadth.ts";
import type { SipMessage, SipRequest } from "../../message/message.ts";
import { path } from "../../message/path.ts";
import { privacy } from "../../message/privacy.ts";
import { REDIRECTS } from "../../message/redirect.ts";
import { referredBy } from "../../message/referredBy.ts";
import { resourcePriority } from "../../message/resourcePriority.ts";
import { retryAfter } from "../../message/retryAfter.ts";
import { sipIfMatch } from "../../message/sipIfMatch.ts";
import { parseUri } from "../../message/uri.ts";
import { hasDescription } from "../../sdp/sessionDescription.ts";
import { T1 } from "../../transaction/timers.ts";
import { firstHop, hops, REQUEST_TERMINATED, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Evidence, Rule, Verdict } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
import { UNWANTED } from "./call-blocked.ts";
import { isEndedAfter } from "./endedAfter.ts";
import { isMeantForOthers, METHODS_OF_CODES } from "./methodsOfCodes.ts";
import { wasRetried } from "./retry.ts";

type Cause =
  | "other-service"
  | "payment-required"
  | "condition-failed"
  | "uri-too-long"
  | "priority-unknown"
  | "referrer-unproven"
  | "flow-failed"
  | "anonymous"
  | "outbound-unsupported"
  | "breadth-exhausted"
  | "consent-needed"
  | "nothing-pending"
  | "version-unknown"
  | "push-unsupported"
  | "precondition-failed"
  | "meant-for-calls"
  | "meant-for-others"
  | "not-cancelled"
  | "location-bad"
  | "alert-bad"
  | "info-package-unknown";

/** What a status code is about. */
interface Matter {
  readonly cause: Cause;
  /** How sure that is where the messages do not show it. */
  readonly alone: Verdict;
  readonly citations: readonly string[];
  readonly shown?: (answer: Answer) => Shown | undefined;
}

/** It, as the messages show it. */
interface Shown {
  readonly detail: string;
  /** Where it is not certain even so. */
  readonly verdict?: Verdict;
  readonly evidence?: Evidence;
}

const [geolocation, geolocationError, alertMsgError, infoPackage] = [
  "Geolocation",
  "Geolocation-Error",
  "AlertMsg-Error",
  "Info-Package",
].map((name) => headerField({ name, parse: (text) => text }));

/** Servers that set a limit to the Request-URI take at least so many bytes. */
const SHORT_URI = 256;

const MATTERS: Readonly<Record<number, Matter>> = {
  380: {
    cause: "other-service",
    alone: "likely",
    citations: ["RFC 3261 §21.3.5"],
    shown: ({ minted }) => shownBy(contentType, minted) ?? shownBy(contact, minted),
  },
  402: { cause: "payment-required", alone: "likely", citations: ["RFC 3261 §21.4.3"] },
  412: {
    cause: "condition-failed",
    alone: "indeterminate",
    citations: ["RFC 3903 §11.2.1", "RFC 3903 §6"],
    shown: ({ asked }) => shownBy(sipIfMatch, asked),
  },
  414: {
    cause: "uri-too-long",
    alone: "indeterminate",
    citations: ["RFC 3261 §21.4.12"],
    shown: ({ asked: { requestUri } }) =>
      requestUri.length < SHORT_URI ? undefined : { detail: String(requestUri.length) },
  },
  417: {
    cause: "priority-unknown",
    alone: "indeterminate",
    citations: ["RFC 4412 §4.6.2"],
    shown: ({ asked }) => shownBy(resourcePriority, asked),
  },
  424: {
    cause: "location-bad",
    alone: "indeterminate",
    citations: ["RFC 6442 §4.3", "RFC 6442 §4.4"],
    shown: ({ asked, minted }) => {
      const location = shownBy(geolocation, asked);
      return location && (shownBy(geolocationError, minted) ?? { ...location, detail: "unsaid" });
    },
  },
  425: {
    cause: "alert-bad",
    alone: "likely",
    citations: ["RFC 8876 §5.1", "RFC 8876 §5.2"],
    shown: ({ minted }) => shownBy(alertMsgError, minted),
  },
  429: {
    cause: "referrer-unproven",
    alone: "likely",
    citations: ["RFC 3892 §5"],
    shown: ({ asked, minted }) => shownBy(referredBy, asked) ?? (asksForLess(minted) ? TOO_MANY : undefined),
  },
  430: { cause: "flow-failed", alone: "likely", citations: ["RFC 5626 §5.3.1", "RFC 5626 §11.5"] },
  433: { cause: "anonymous", alone: "likely", citations: ["RFC 5079 §3", "RFC 5079 §4"], shown: anonymity },
  439: {
    cause: "outbound-unsupported",
    alone: "indeterminate",
    citations: ["RFC 5626 §6", "RFC 5626 §11.6"],
    shown: firstHopWithoutOutbound,
  },
  440: {
    cause: "breadth-exhausted",
    alone: "likely",
    citations: ["RFC 5393 §5.3.3"],
    shown: ({ asked }) => shownBy(maxBreadth, asked),
  },
  469: {
    cause: "info-package-unknown",
    alone: "indeterminate",
    citations: ["RFC 6086 §4.2.2"],
    shown: ({ asked }) => shownBy(infoPackage, asked),
  },
  470: {
    cause: "consent-needed",
    alone: "likely",
    citations: ["RFC 5360 §5.9.2"],
    shown: ({ minted }) => {
      const missing = minted.values("Permission-Missing");
      return missing.length === 0 ? undefined : { detail: listed(missing) };
    },
  },
  491: { cause: "nothing-pending", alone: "indeterminate", citations: ["RFC 3261 §14.1", "RFC 3261 §21.4.27"] },
  505: {
    cause: "version-unknown",
    alone: "indeterminate",
    citations: ["RFC 3261 §21.5.6"],
    shown: ({ asked: { startLine } }) => {
      const version = startLine.slice(startLine.lastIndexOf(" ") + 1);
      return version === "SIP/2.0" ? undefined : { detail: version };
    },
  },
  555: {
    cause: "push-unsupported",
    alone: "indeterminate",
    citations: ["RFC 8599 §5.6.1.1", "RFC 8599 §8.1"],
    shown: ({ asked }) => {
      const service = parseUri(asked.first(contact)?.uri ?? "")?.params.get("pn-provider");
      return service === undefined ? undefined : { detail: service, evidence: { message: asked, field: contact } };
    },
  },
  580: {
    cause: "precondition-failed",
    alone: "indeterminate",
    citations: ["RFC 3312 §8"],
    shown: ({ asked }) => {
      const line = asked
        .bodyText()
        .split(/\r?\n/)
        .find((each) => each.startsWith("a=des:"));
      return line === undefined ? undefined : { detail: line, evidence: { message: asked, line } };
    },
  },
};

/** What is said of a call that begins, and of nothing else by other rules. */
const OF_CALLS: ReadonlySet<number> = new Set([480, 486, 488, 600, 603, 606, 607, 608]);
/** Of these, what is told of every request outside of a dialog. */
const TOLD_OF_ALL: ReadonlySet<number> = new Set([480, 607, 608]);
const MEANT_FOR_CALLS: Matter = { cause: "meant-for-calls", alone: "likely", citations: ["RFC 3261 §21"] };
const MEANT_FOR_OTHERS: Matter = { cause: "meant-for-others", alone: "indeterminate", citations: ["RFC 3261 §21"] };
const NOT_CANCELLED: Matter = { cause: "not-cancelled", alone: "indeterminate", citations: ["RFC 3261 §21.4.25"] };

const REFUSED: ReadonlySet<number> = new Set([
  ...Object.keys(MATTERS).map(Number),
  ...METHODS_OF_CODES.keys(),
  ...OF_CALLS,
  ...REDIRECTS,
  REQUEST_TERMINATED,
]);

/** A final response whose status code says by itself what it is about, and that no other rule looks at. RFC 3261 §8.1.3.2 */
export const requestRefused: Rule<"transaction", "request-refused"> = {
  id: "request-refused",
  inspects: "transaction",
  citations: [],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const matter = matterOf(root, context);
    if (matter === undefined || wasRetried(root, context, () => true)) return undefined;
    const answer = answerOf(root, REFUSED, context);
    if (answer === undefined) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const { cause, alone, citations, shown: find } = matter;
    const shown = find?.(answer);
    const verdict = shown === undefined ? alone : (shown.verdict ?? "certain");
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [asked, ...(shown?.evidence === undefined ? [] : [shown.evidence]), minted],
      missing: verdict === "certain" ? [] : [whoKnows(origin, asked.callId)],
      citations: root.method === "BYE" ? [...citations, "RFC 3261 §15.1.2"] : citations,
      values: {
        client: firstHop(root).client.text,
        origin: origin.endpoint.text,
        method: root.method,
        callee: calleeOf(root),
        status: `${statusCode} ${minted.reasonPhrase}`.trim(),
        inside: asked.toTag === "" ? "no" : "yes",
        detail: shown?.detail ?? "none",
        after: isEndedAfter(root, context) ? "ended" : "on",
        meant: listed(METHODS_OF_CODES.get(statusCode) ?? []),
        accepted: listed(["Accept-Resource-Priority", "Recv-Info"].flatMap((name) => minted.values(name)).map(orDash)),
      },
    };
  },
};

/** `Recv-Info` without a value says that nothing is taken. RFC 6086 §4.2.2 */
function orDash(value: string): string {
  return value.trim() === "" ? "–" : value;
}

/** Undefined where other rules explain it. */
function matterOf(root: Transaction, { call }: Context): Matter | undefined {
  const { request, finalResponse } = root;
  if (request === undefined || finalResponse === undefined) return undefined;
  const { statusCode } = finalResponse;
  // A redirect is followed outside of a dialog; nobody knows what it means inside. RFC 5057 §5.1
  if (OF_CALLS.has(statusCode) || REDIRECTS.has(statusCode)) return saidOfNoCall(request, statusCode);
  if (statusCode === REQUEST_TERMINATED)
    return saidOfNoCall(request, statusCode) && !isOver(root, call) ? NOT_CANCELLED : undefined;
  if (isMeantForOthers(request.method, statusCode)) return MEANT_FOR_OTHERS;
  // What other services there are is said to who asks for one.
  if (statusCode === 380 && request.toTag !== "") return MEANT_FOR_CALLS;
  // Of changes of a call a 491 tells that two were open at a time, and is looked at with them.
  const isChange = request.toTag !== "" && (request.method === "INVITE" || request.method === "UPDATE");
  return statusCode === 491 && isChange ? undefined : MATTERS[statusCode];
}

/**
 * Undefined where a call begins, an offer is refused, a redirect is to be followed, or a transfer. An OPTIONS is answered as a call would be.
 * RFC 3261 §11.2
 */
function saidOfNoCall(request: SipRequest, statusCode: number): Matter | undefined {
  const { method, toTag } = request;
  if (method === "OPTIONS" || method === "REFER") return undefined;
  const isToldElsewhere = method === "INVITE" || REDIRECTS.has(statusCode) || isOfCallee(method, statusCode);
  if (toTag === "" && isToldElsewhere) return undefined;
  const isRefusedOffer = statusCode === 488 || statusCode === 606;
  return isRefusedOffer && (method === "INVITE" || hasDescription(request)) ? undefined : MEANT_FOR_CALLS;
}

/** A registration calls nobody who could be unavailable. */
function isOfCallee(method: string, statusCode: number): boolean {
  return statusCode === 480 ? method !== "REGISTER" : TOLD_OF_ALL.has(statusCode) && UNWANTED.has(method);
}

/** What a BYE or a CANCEL ends, or the end of the INVITE that made the dialog, need not be answered in any other way. RFC 3261 §9.2, §15.1.2 */
function isOver(root: Transaction, { legs }: Call): boolean {
  const sinceMicros = root.first.packet.timeMicros;
  const answeredMicros = root.finalResponse!.packet.timeMicros;
  const own = hops(root);
  return legs.some(({ transactions }) =>
    transactions.some((other) => {
      if (own.includes(other)) return false;
      const { method, first, finalResponse } = other;
      const sentMicros = first.packet.timeMicros;
      if (method === "BYE") return sentMicros <= answeredMicros;
      // An earlier one ended an earlier request.
      if (method === "CANCEL") return sentMicros >= sinceMicros && sentMicros <= answeredMicros;
      if (method !== "INVITE" || first.kind !== "request" || first.toTag !== "") return false;
      if (finalResponse === undefined || finalResponse.statusCode < 300) return false;
      const { timeMicros } = finalResponse.packet;
      return timeMicros >= sinceMicros && timeMicros <= answeredMicros + T1;
    }),
  );
}

/** As in HTTP, where nobody has asked for anything on behalf of somebody. */
function asksForLess(refusal: SipMessage): boolean {
  return refusal.has(retryAfter) || (refusal.kind === "response" && /too many/iu.test(refusal.reasonPhrase));
}

const TOO_MANY: Shown = { detail: "too-many", verdict: "likely" };

function shownBy(field: HeaderField<unknown>, message: SipMessage): Shown | undefined {
  if (!message.has(field)) return undefined;
  return { detail: listed(message.values(field.name)), evidence: { message, field } };
}

/** A REGISTER for a flow, where no proxy in Path says that it keeps that. RFC 5626 §5.1, §6 */
function firstHopWithoutOutbound({ asked }: Answer): Shown | undefined {
  const isForFlow = asked.method === "REGISTER" && asked.first(contact)?.params.has("reg-id") === true;
  const isKept = asked.all(path).some(({ uri }) => parseUri(uri)?.params.has("ob") === true);
  return isForFlow && !isKept ? (shownBy(path, asked) ?? { detail: "no-path" }) : undefined;
}

/** What says that the caller hides who calls. RFC 5079 §3 */
function anonymity({ asked }: Answer): Shown | undefined {
  const wanted = asked.first(privacy) ?? [];
  if (wanted.some((value) => value === "id" || value === "user"))
    return { detail: `Privacy: ${wanted.join(";")}`, evidence: { message: asked, field: privacy } };
  const caller = asked.first(from);
  const isHidden = namesNobody(caller?.uri ?? "") || caller?.displayName?.toLowerCase() === "anonymous";
  return isHidden ? { detail: asked.quote(from), evidence: { message: asked, field: from } } : undefined;
}
