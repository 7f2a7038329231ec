import type { Origin } from "../../call/origin.ts";
import { isKnownPhone, recognizedProduct } from "../../call/products.ts";
import type { SipResponse } from "../../message/message.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { replaces } from "../../message/replaces.ts";
import { parseUri, userWithoutParameters } from "../../message/uri.ts";
import { SHORTEST_NUMBER } from "../../message/telephoneNumber.ts";
import { ringing } from "../../transaction/transaction.ts";
import { type Answer, answeredByServer, answerOf } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { answeringCallee } from "../callee.ts";
import { microsBetween, millisBetween, secondsBetween } from "../elapsed.ts";
import { alertOf, LONGEST_AT_ONCE_MILLIS } from "./alert.ts";
import { q850Evidence } from "./gatewayAnswer.ts";
import { meantBy } from "./meantBy.ts";
import { isNumber } from "./numberForm.ts";

const BUSY: ReadonlySet<number> = new Set([486, 600]);

/** And what gateways answer whose table has nothing for the cause. */
const ANSWERS: ReadonlySet<number> = new Set([...BUSY, 480, 500, 503, 603]);

/** The called party rejected the call because it is already in one. RFC 3261 §21.4.24, §21.6.1 */
export const calleeBusy: Rule<"transaction", "callee-busy"> = {
  id: "callee-busy",
  inspects: "transaction",
  citations: ["RFC 3261 §21.4.24", "RFC 3261 §21.6.1"],
  finalStatusCodes: ANSWERS,
  check(root, context) {
    // Inside a dialog a change of the call was refused, and no call.
    if (root.method !== "INVITE" || root.request?.toTag !== "") return undefined;
    const answer = answerOf(root, ANSWERS, context);
    if (answer === undefined || !BUSY.has(meantBy(root, answer))) return undefined;
    const { request, asked, response, minted, origin, statusCode, lastHop } = answer;
    const alert = alertOf(answer);
    const q850 = q850CauseOf(response) ?? q850CauseOf(minted) ?? 0;
    const millis = millisBetween(asked, minted);
    const by = byOf(answer, alert, millis);
    const rang = alert !== undefined && by !== "told";
    const cause = statusCode === 600 ? "everywhere" : rang ? "person-busy" : "device-at-once";
    const sure =
      by === "person" || by === "element"
        ? !ringsForOthers(origin) && !isTooSoon(alert!, minted)
        : by === "phone" && isKnownPhone(origin.product);
    return {
      verdict: sure || cause === "everywhere" ? "certain" : "likely",
      cause,
      response,
      origin,
      evidence: [request, ...(alert === undefined ? [] : [alert]), minted, ...reasonEvidence(answer, by)],
      citations: by === "replaces" || by === "early-only" ? ["RFC 3891 §3"] : [],
      values: {
        callee: answeringCallee(root, lastHop),
        origin: origin.endpoint.text,
        seconds: secondsBetween(asked, minted),
        millis,
        by,
        q850,
        statusCode,
      },
    };
  },
};

/** Linphone gives 486 when nobody has answered for as long as it is set to ring, and nobody sets less. */
const SHORTEST_PHONE_TIMER_MILLIS = 5000;
/** Nobody presses a button within this time of the first ring. */
const SHORTEST_REACTION_MILLIS = 200;

/**
 * What rings and is busy at once may be a B2BUA that passes on another one's answer, or a phone that has no line left. A log that counts whole
 * seconds has no time in between.
 */
function isTooSoon(alert: SipResponse, final: SipResponse): boolean {
  const micros = microsBetween(alert, final);
  return micros > 0 && micros < SHORTEST_REACTION_MILLIS * 1000;
}

/** A proxy makes no 180, but a PBX or gateway makes one before it has reached a phone. */
function ringsForOthers({ product = "" }: Origin): boolean {
  const kind = recognizedProduct(product)?.kind;
  return kind === "b2bua" || kind === "gateway";
}

/** A carrier or gateway may be called by its address too, for a number that is behind it. */
function mayBeTrunk({ asked, origin }: Answer): boolean {
  const uri = parseUri(asked.requestUri);
  const number = userWithoutParameters(uri ?? {});
  const isExternal = isNumber(number) && number.length >= SHORTEST_NUMBER;
  return (isExternal || uri?.params.get("user") === "phone") && !isKnownPhone(origin.product);
}

/**
 * Who or what was busy. Guard G7: a Reason tells more than the status. Of an element that rang and names no phone, what it said is known, and
 * not that it is a phone.
 */
type By = "told" | "person" | "element" | "long" | "replaces" | "early-only" | "server" | "late" | "untimed" | "phone";

function byOf(answer: Answer, alert: SipResponse | undefined, millis: number): By {
  if (!BUSY.has(answer.statusCode)) return "told";
  if (alert !== undefined && !(millis < SHORTEST_PHONE_TIMER_MILLIS)) return "long";
  if (alert !== undefined) return isKnownPhone(answer.origin.product) ? "person" : "element";
  // Only a call that rings may be taken over so; else it is taken however busy somebody is. RFC 3891 §3
  const replaced = answer.statusCode === 486 ? answer.asked.first(replaces) : undefined;
  if (replaced !== undefined) return replaced.earlyOnly ? "early-only" : "replaces";
  if (answeredByServer(answer) || ringsForOthers(answer.origin)) return "server";
  // A 183 may be an announcement, and a 181 comes from an element on the way; whoever answers later has perhaps rung out of view.
  if (ringing(answer.lastHop) !== undefined || millis > LONGEST_AT_ONCE_MILLIS) return "late";
  if (mayBeTrunk(answer)) return "server";
  return Number.isNaN(millis) ? "untimed" : "phone";
}

function reasonEvidence({ asked, minted }: Answer, by: By): Evidence[] {
  if (by === "replaces" || by === "early-only") return [{ message: asked, field: replaces }];
  return by === "told" && q850CauseOf(minted) !== undefined ? [q850Evidence(minted)] : [];
}
