import { contact } from "../../message/contact.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import { warning } from "../../message/warning.ts";
import { isKnownPhone } from "../../call/products.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Endpoint } from "../../network/packet.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { hops, ringing, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answeredByServer, answerOf } from "../answer.ts";
import type { RegisteredState } from "../registrations.ts";
import type { Context, Evidence, Rule, Verdict } from "../rule.ts";
import { answeringCallee } from "../callee.ts";
import { millisBetween, secondsBetween, secondsOf } from "../elapsed.ts";
import { whoKnows } from "../missing.ts";
import { LONGEST_AT_ONCE_MILLIS, SHORTEST_RING_TIMER_SECONDS } from "./alert.ts";
import { calleeRegistrations } from "./calleeRegistrations.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { connectionOfRegistration } from "./lostConnection.ts";
import { meantBy } from "./meantBy.ts";

/** A registrar says 404 of whom it does not find, also of one who was there before. */
const NOT_FOUND = 404;
/** And what is answered as if by the callee, though its cause says that no phone was reached, or nobody took the call. */
const UNAVAILABLE: ReadonlySet<number> = new Set([480, NOT_FOUND, 486, 600, 603]);
const MEANT: ReadonlySet<number> = new Set([480, 408]);
const SCHEME_WARNINGS: ReadonlySet<number> = new Set([380, 381]);

type Cause =
  | "no-registration"
  | "registration-lapsed"
  | "not-answered"
  | "absent"
  | "unspecified"
  | "scheme-refused"
  | "unmapped-cause"
  | "do-not-disturb";

/** The called party is known and cannot be reached now. RFC 3261 §21.4.18, §10.3 */
export const calleeUnavailable: Rule<"transaction", "callee-unavailable"> = {
  id: "callee-unavailable",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.18"],
  restsOnOtherCalls: ["no-registration", "registration-lapsed"],
  finalStatusCodes: UNAVAILABLE,
  check(root, context) {
    // Inside a dialog a change of the call was refused: the called party had been reached.
    if (root.request?.toTag !== "") return undefined;
    const answer = answerOf(root, UNAVAILABLE, context);
    if (answer === undefined) return undefined;
    const isNotFound = answer.statusCode === NOT_FOUND;
    if (!isNotFound && !MEANT.has(meantBy(root, answer))) return undefined;
    // A registration calls nobody.
    if (root.method === "REGISTER") return undefined;
    const { request, asked, response, minted, origin } = answer;
    const reasoned = isNotFound ? lapsedRegistration(root, answer, context) : causeOf(root, answer, context);
    if (reasoned === undefined) return undefined;
    const {
      cause,
      verdict,
      evidence,
      citation,
      lapsedSeconds = 0,
      registrar = "none",
      rang = "yes",
      ended = "expired",
      registeredFrom,
      endedBy,
    } = reasoned;
    const unsure = whoKnows(origin, request.callId);
    const millis = millisBetween(asked, minted);
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [request, minted, ...evidence],
      missing: verdict === "indeterminate" || (verdict === "likely" && origin.orBehind) ? [unsure] : [],
      citations: citation === undefined ? [] : [citation],
      values: {
        callee: answeringCallee(root, answer.lastHop),
        origin: origin.endpoint.text,
        seconds: secondsBetween(asked, minted),
        millis,
        q850: q850CauseOf(response) ?? q850CauseOf(minted) ?? 0,
        lapsed: lapsedSeconds,
        ended,
        registered: registeredFrom?.text ?? "",
        remover: endedBy?.text ?? "",
        registrar,
        method: root.method,
        rang,
        status: statusOf(ringing(answer.lastHop) ?? ringing(root)),
        says: saysOf(answer, millis),
      },
    };
  },
};

/** Whether it says that it is not to be disturbed; who names no phone may be no phone. */
function saysOf({ response, origin }: Answer, millis: number): "yes" | "untimed" | "no" | "element" {
  if (saysDoNotDisturb(response.reasonPhrase)) return "yes";
  if (Number.isNaN(millis)) return "untimed";
  return isKnownPhone(origin.product) ? "no" : "element";
}

function statusOf(provisional: SipResponse | undefined): string {
  return provisional === undefined ? "" : `${provisional.statusCode} ${provisional.reasonPhrase}`;
}

interface Reasoned {
  readonly cause: Cause;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly citation?: string;
  readonly lapsedSeconds?: number;
  /** How it ended: in its time, with the connection that it had come over, or taken back, by the phone itself or from another address. */
  readonly ended?: "expired" | "closed" | "signed-off" | "removed";
  /** Whence the registration had come, and what took it back. */
  readonly registeredFrom?: Endpoint;
  readonly endedBy?: Endpoint;
  /** True where the callee had been registered at the element that answered. */
  readonly isOrigin?: boolean;
  /** Where the callee was registered at that time, as far as the capture tells; `unseen` where it does not show what became of the request. */
  readonly registrar?: string;
  /** Whether the phone rang; `short` where it did not ring for as long as one does that nobody answers, `silent` where the network got no reply from it, `told` where a cause alone says so. */
  readonly rang?: "yes" | "short" | "no" | "silent" | "told";
}

function causeOf(root: Transaction, answer: Answer, context: Context): Reasoned | undefined {
  const { asked, response, minted } = answer;
  const warned = response.all(warning).findIndex(({ code }) => SCHEME_WARNINGS.has(code));
  if (warned >= 0) {
    const evidence = [{ message: response, field: warning, index: warned }];
    return { cause: "scheme-refused", verdict: "certain", evidence, citation: "RFC 5630 §5.1.2" };
  }
  const q850 = q850CauseOf(response) ?? q850CauseOf(minted);
  const alert = alertBefore(root, answer);
  if (q850 !== undefined) {
    const evidence = [q850Evidence(q850CauseOf(response) === undefined ? minted : response)];
    const cause = causeOfQ850(q850);
    const rang = cause === "not-answered" ? rangByCause(q850, alert, minted) : "yes";
    const verdict = rang === "told" ? "likely" : "certain";
    return { cause, verdict, evidence, citation: "RFC 3398 §7.2.4.1", rang };
  }
  if (alert !== undefined) {
    const isShort = secondsBetween(alert, minted) < SHORTEST_RING_TIMER_SECONDS;
    const rang = isShort && !saysNotAnswered(minted.reasonPhrase) ? "short" : "yes";
    return { cause: "not-answered", verdict: "likely", evidence: [alert], rang };
  }
  if (saysDoNotDisturb(response.reasonPhrase)) return { cause: "do-not-disturb", verdict: "certain", evidence: [] };
  // A 183 brings a ringback tone or an announcement: only who listens knows which. RFC 3261 §21.1.5
  const progress = ringing(answer.lastHop);
  if (progress !== undefined) {
    return { cause: "not-answered", verdict: "indeterminate", evidence: [progress], rang: "no" };
  }
  if (answeredByServer(answer)) return unregistered(root, answer, context);
  if (root.method !== "INVITE") return undefined;
  if (millisBetween(asked, minted) > LONGEST_AT_ONCE_MILLIS) {
    return { cause: "unspecified", verdict: "indeterminate", evidence: [] };
  }
  return { cause: "do-not-disturb", verdict: "likely", evidence: [] };
}

/** Asterisk gives 19 for the 480 of a phone as well: only a phone that rang for long enough shows that nobody answered. */
function rangByCause(q850: number, alert: SipResponse | undefined, minted: SipResponse): Reasoned["rang"] {
  if (alert === undefined) return q850 === 18 ? "silent" : "told";
  return secondsBetween(alert, minted) >= SHORTEST_RING_TIMER_SECONDS ? "yes" : "told";
}

/** A 180 of where the answer came from: in a fork, another phone that rang tells nothing of it. RFC 3261 §16.7 */
function alertBefore(root: Transaction, { lastHop, response, minted }: Answer): SipResponse | undefined {
  const alerts = (hop: Transaction): SipResponse[] =>
    hops(hop).flatMap(({ responses }) => responses.filter(({ statusCode }) => statusCode === 180));
  const [alert] = alerts(lastHop);
  return alert ?? alerts(root).find(({ toTag }) => toTag === minted.toTag || toTag === response.toTag);
}

/** The registrar that answered had registered the callee, and that has run out. RFC 3261 §10.3 */
export function lapsedRegistration(root: Transaction, answer: Answer, context: Context): Reasoned | undefined {
  if (!answeredByServer(answer)) return undefined;
  const reasoned = unregistered(root, answer, context);
  return reasoned.cause === "registration-lapsed" && reasoned.isOrigin === true ? reasoned : undefined;
}

/** The server has nobody to pass the call to; what it said to the last REGISTER of this user tells since when. */
function unregistered(root: Transaction, { request, origin }: Answer, context: Context): Reasoned {
  const citation = "RFC 3261 §10.3";
  const sentMicros = request.packet.timeMicros;
  const states = calleeRegistrations(root, sentMicros, context);
  const state = states.at(-1);
  if (state === undefined) {
    const registrar = origin.orBehind ? "unseen" : "none";
    return { cause: "no-registration", verdict: "likely", evidence: [], citation, registrar };
  }
  const said = parseMessage(state.packet);
  const evidence = said === undefined ? [] : [{ message: said, field: contact }];
  const isOrigin = state.registrar.host === origin.endpoint.host;
  const end = connectionOfRegistration(state, sentMicros, context);
  if (end !== undefined) {
    const lapsedSeconds = secondsOf(end.timeMicros, sentMicros);
    const shown = [...evidence, end];
    return {
      cause: "registration-lapsed",
      verdict: "likely",
      evidence: shown,
      citation,
      lapsedSeconds,
      isOrigin,
      ended: "closed",
    };
  }
  const endsMicros = Math.max(0, ...state.bindings.map((binding) => binding.endsMicros));
  // It is registered, as far as this capture tells: there, or at another registrar than the one that is asked.
  if (endsMicros > sentMicros) {
    const registrar = state.registrar.text;
    return { cause: "no-registration", verdict: "indeterminate", evidence, citation, registrar };
  }
  if (endsMicros === 0) {
    const taken = takenBack(states, state);
    if (taken !== undefined)
      return { ...taken, citation, isOrigin, lapsedSeconds: secondsOf(taken.atMicros, sentMicros) };
    return { cause: "no-registration", verdict: "likely", evidence: said === undefined ? [] : [said], citation };
  }
  const lapsedSeconds = secondsOf(endsMicros, sentMicros);
  return { cause: "registration-lapsed", verdict: "likely", evidence, citation, lapsedSeconds, isOrigin };
}

/**
 * What the registrar had granted before had not run out when it said first that there is none any more: later ones may only have asked.
 * RFC 3261 §10.2.2, §10.2.3
 */
function takenBack(states: readonly RegisteredState[], { registrar }: RegisteredState) {
  const before = states.findLast((each) => each.registrar === registrar && each.bindings.length > 0);
  if (before === undefined) return undefined;
  const end = states.find((each) => each.registrar === registrar && each.timeMicros > before.timeMicros);
  const said = end && parseMessage(end.packet);
  if (end === undefined || said === undefined) return undefined;
  if (before.bindings.every(({ endsMicros }) => endsMicros <= end.timeMicros)) return undefined;
  return {
    cause: "registration-lapsed",
    verdict: "likely",
    evidence: [said],
    atMicros: end.timeMicros,
    ended: before.client.host === end.client.host ? "signed-off" : "removed",
    registeredFrom: before.client,
    endedBy: end.client,
  } as const;
}

/** RFC 3398 §7.2.4.1 turns 18 into 408, 19, 20 and 31 into 480; products turn others into 480 by default. */
function causeOfQ850(cause: number): Cause {
  if (cause === 18 || cause === 19) return "not-answered";
  if (cause === 20) return "absent";
  return cause === 31 ? "unspecified" : "unmapped-cause";
}

/** As Twinkle does where nobody takes the call in time: `User not responding`. */
function saysNotAnswered(phrase: string): boolean {
  const lower = phrase.toLowerCase();
  return lower.includes("no answer") || lower.includes("not respond") || lower.includes("no user respond");
}

function saysDoNotDisturb(phrase: string): boolean {
  const lower = phrase.toLowerCase();
  return lower.includes("do not disturb") || lower.includes("donotdisturb") || lower === "dnd";
}
