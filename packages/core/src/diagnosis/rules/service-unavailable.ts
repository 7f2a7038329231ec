import type { SipResponse } from "../../message/message.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { retryAfter } from "../../message/retryAfter.ts";
import { warning } from "../../message/warning.ts";
import { phraseTagOf } from "../../call/products.ts";
import { type Answer, answerAsGiven, answerOf } from "../answer.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import { connectionEnd } from "../connectionEnd.ts";
import { isTlsFailure } from "../networkEvents.ts";
import type { Context, Evidence, Rule } from "../rule.ts";
import { logOf } from "../missing.ts";
import { listed } from "../wording.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { meantBy } from "./meantBy.ts";
import { refusedForWantOfPrack } from "./prack-missing.ts";
import { outOfOrder } from "./requestOrder.ts";
import { SAY_SO, sendFailure, type SendFailure } from "./sendFailure.ts";
import { sentOn } from "./sentOn.ts";

/** What Kamailio and OpenSIPS answer where they could not send: content/unregistered. */
export const SEND_FAILED: ReadonlySet<number> = new Set([477, 478]);
/** What an element may make of it that its request was not delivered. 408 and 502 have rules of their own. */
const MADE_OF_SEND_FAILURE: ReadonlySet<number> = new Set([404, 410, 480, 486, 600, 603, 604]);

/** Twice at the same number is hardly chance, unless the number is 1. */
const ONSETS_THAT_SHOW_IT = 2;
const ONSETS_OF_ONE_CALL = 3;

/** The server says that it cannot serve the request now. RFC 3261 §21.5.4, §21.5.1 */
export const serviceUnavailable: Rule<"transaction", "service-unavailable"> = {
  id: "service-unavailable",
  inspects: "transaction",
  citations: ["RFC 3261 §21.5.4"],
  restsOnOtherCalls: ["capacity-limit"],
  finalStatusCodes: new Set([...SAY_SO, ...MADE_OF_SEND_FAILURE]),
  check(root, context) {
    const answer = answerAsGiven(root, context);
    if (answer === undefined || outOfOrder(root, context.leg.dialogs) !== undefined) return undefined;
    const meant = meantBy(root, answer);
    const { asked, response, minted, origin, statusCode, lastHop } = answer;
    if (refusedForWantOfPrack(root, context) || (meant !== statusCode && !SAY_SO.has(meant))) return undefined;
    const failure = sendFailure(answer, context);
    const isMeant = SAY_SO.has(meant) && answerOf(root, new Set([statusCode]), context) !== undefined;
    if (failure === undefined && !isMeant) return undefined;
    const concurrent = capacityOf(answer, context);
    const cause = causeOf(answer, failure, concurrent);
    const place = placeOf(answer);
    const said = saidBy(minted);
    const pinged = cause === "server-error" ? pingedInVain(answer, context) : [];
    const isTold = said !== "" && place !== "busy" && pinged.length === 0;
    const isOwn = showsIt(failure) && SAY_SO.has(statusCode);
    const proven = cause === "told-to-wait" || isOwn;
    return {
      verdict: proven ? "certain" : "likely",
      cause,
      saysCodeOnly: cause === "server-error" && place !== "busy",
      response,
      // What could not be sent on, nobody behind it has answered.
      origin: isOwn ? { ...origin, orBehind: false } : origin,
      evidence: [asked, minted, ...evidenceOf(cause, answer, failure), ...maskOf(root, answer)],
      missing: proven ? [] : [logOf(origin.endpoint, minted.callId)],
      citations: CITATIONS[cause] ?? [],
      values: {
        origin: origin.endpoint.text,
        client: lastHop.client.text,
        method: lastHop.method,
        statusCode,
        concurrent,
        retryAfter: waitSeconds(minted),
        place: isTold ? "told" : place,
        scope: isTold && place === "outside" ? "told" : place,
        said,
        q850: q850CauseOf(minted) ?? 0,
        next: (failure?.next ?? sentOn(answer, context).at(-1)?.server)?.text ?? "none",
        pinged: listed(pinged),
        event: failure === undefined ? "none" : nameOf(failure),
        below: failure === undefined ? "none" : belowOf(failure),
        registered: failure?.heldBy?.text ?? "",
      },
    };
  },
};

/** What the next element made of it. A proxy has to, of a 503. RFC 3261 §16.7 step 6 */
function maskOf({ upstream }: Transaction, { minted }: Answer): Evidence[] {
  const passedOn = upstream?.finalResponse;
  return passedOn === undefined || passedOn.statusCode === minted.statusCode ? [] : [passedOn];
}

type Cause = "capacity-limit" | "told-to-wait" | "cause-mapped" | "local-send-failure" | "server-error";

const CITATIONS: Readonly<Partial<Record<Cause, readonly string[]>>> = {
  "cause-mapped": ["RFC 3398 §7.2.4.1"],
  "told-to-wait": ["RFC 3261 §20.33"],
};

/** What could be seen to fail goes before the cause that an element wrote: a PBX names its own errors that way too. Guard G7. */
function causeOf(answer: Answer, failure: SendFailure | undefined, concurrent: number): Cause {
  if (failure !== undefined || SEND_FAILED.has(answer.statusCode)) return "local-send-failure";
  if (q850CauseOf(answer.minted) !== undefined) return "cause-mapped";
  if (concurrent > 0) return "capacity-limit";
  return waitSeconds(answer.minted) > 0 && placeOf(answer) !== "busy" ? "told-to-wait" : "server-error";
}

/** Servers that the element pings, where all of them are silent and it had sent the request on to nobody: it has no target left. */
function pingedInVain(answer: Answer, context: Context): readonly string[] {
  if (placeOf(answer) !== "outside" || sentOn(answer, context).length > 0) return [];
  return context.pings.silentTargetsOf(answer.origin.endpoint, answer.minted.packet.timeMicros);
}

/** Of which any 500 and 503 may consist. */
const WORDS_THAT_SAY_NOTHING: ReadonlySet<string> = new Set(
  "a an available currently error failure internal is not server service temporarily the unavailable".split(" "),
);

/** Why, where it says more than the status code does: in words of its own, which errors of Kamailio and OpenSIPS are not. Kamailio registrar, P-Registrar-Error */
function saidBy(response: SipResponse): string {
  const { reasonPhrase } = response;
  const [registrars] = response.values("P-Registrar-Error");
  if (registrars !== undefined) return registrars;
  const words = reasonPhrase.toLowerCase().split(/[^\p{L}\p{N}]/u);
  const saysMore = words.some((word) => word !== "" && !WORDS_THAT_SAY_NOTHING.has(word));
  if (saysMore && phraseTagOf(reasonPhrase) === undefined) return reasonPhrase;
  return response.all(warning).find(({ code }) => code === MISCELLANEOUS_WARNING)?.text ?? "";
}

/** Of which its text alone says what it is about. RFC 3261 §20.43 */
const MISCELLANEOUS_WARNING = 399;

function waitSeconds(response: SipResponse): number {
  return response.first(retryAfter)?.seconds ?? 0;
}

/**
 * Inside a dialog no other server can take the request. A 500 with a time to wait is what the standard asks for there while an earlier
 * request is open: the server is well. RFC 3261 §14.2, RFC 3311 §5.2
 */
function placeOf({ asked, minted }: Answer): "outside" | "inside" | "busy" {
  if (asked.toTag === "") return "outside";
  return minted.statusCode === 500 && minted.has(retryAfter) ? "busy" : "inside";
}

/**
 * The number of calls at which the server that answered refuses: it was the same each time it began to, and in between it took calls.
 * 0 where no such number shows.
 */
function capacityOf({ origin, minted }: Answer, context: Context): number {
  const limit = context.limitAt(origin.endpoint, minted.callId);
  if (limit === undefined || limit.open === 0 || limit.onsets.some((open) => open !== limit.open)) return 0;
  if (limit.mostTaken >= limit.open) return 0;
  return limit.onsets.length >= (limit.open === 1 ? ONSETS_OF_ONE_CALL : ONSETS_THAT_SHOW_IT) ? limit.open : 0;
}

/** A connection that was closed may have been opened again out of view, and one that was not set up may have been for another request. */
function showsIt(failure: SendFailure | undefined): boolean {
  if (failure === undefined || isTlsFailure(failure.event)) return false;
  if (failure.isLost === true || failure.isMeanwhile === true) return false;
  return failure.event.kind !== "connection-closed" || failure.event.by === "tls-alert";
}

function belowOf(failure: SendFailure): "closed" | "held" | "tls" | "other" {
  if (isTlsFailure(failure.event)) return "tls";
  if (failure.isLost === true) return "closed";
  return failure.heldBy === undefined ? "other" : "held";
}

function nameOf({ event }: SendFailure): string {
  if (isTlsFailure(event)) return event.alert === "" ? "TLS" : `TLS Alert ${event.alert}`;
  if (event.kind === "icmp-unreachable") return `ICMP ${event.reason} unreachable`;
  return event.kind === "foreign-answer" ? event.answer : connectionEnd(event);
}

function evidenceOf(cause: Cause, answer: Answer, failure: SendFailure | undefined): Evidence[] {
  const { minted } = answer;
  if (cause === "told-to-wait" || (cause === "server-error" && placeOf(answer) === "busy"))
    return [{ message: minted, field: retryAfter }];
  if (cause === "cause-mapped") return [q850Evidence(minted)];
  return failure === undefined ? [] : [failure.event, ...(failure.refused === undefined ? [] : [failure.refused])];
}
