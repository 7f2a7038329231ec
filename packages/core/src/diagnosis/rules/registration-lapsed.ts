import type { Registration } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import { expirationSeconds } from "../../message/expirationSeconds.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import { toUri } from "../../message/partyUri.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import type { Endpoint } from "../../network/packet.ts";
import { timerB } from "../../transaction/timers.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import type { RegisteredState } from "../registrations.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { secondsOf } from "../elapsed.ts";
import { logOf, longer } from "../missing.ts";

/** A refresh that comes this late has crossed the end on its way, or the clocks are not the same. */
const SLACK_MICROS = 1_000_000;

/** A binding that ran out, or is taken over again and again. RFC 3261 §10.2.4, §10.3 */
export const registrationLapsed: Rule<"registration", "registration-lapsed"> = {
  id: "registration-lapsed",
  inspects: "registration",
  citations: ["RFC 3261 §10.2.4", "RFC 3261 §10.3"],
  restsOnOtherCalls: true,
  restsOnSides: ["flapping"],
  check(registration, context) {
    return lapse(registration, context) ?? flapping(registration, context);
  },
};

interface Grant {
  readonly register: Transaction;
  readonly request: SipRequest;
  readonly response: SipResponse;
  readonly askedSeconds: number;
  readonly grantedSeconds: number;
  readonly endsMicros: number;
}

function lapse(
  { registers }: Registration,
  { observedUntilMicros, registrations, call }: Context,
): Draft<"registration-lapsed"> | undefined {
  // A device that came back in time under a short grant before has understood it.
  let obeys = false;
  for (let i = 0; i < registers.length; i++) {
    const grant = grantOf(registers[i]);
    if (grant === undefined) continue;
    const next = registers[i + 1];
    const endMicros = next?.first.packet.timeMicros ?? observedUntilMicros;
    if (endMicros < grant.endsMicros + SLACK_MICROS) {
      obeys ||= next !== undefined && isShort(grant);
      continue;
    }
    const user = toUri(grant.request);
    if (registrations.hasForgotten(user, grant.endsMicros) || isBoundAgain(grant, registrations.statesOf(user), call))
      continue;
    // REGISTERs in between are not in the capture: they may have come in time. RFC 3261 §10.2
    if (next !== undefined && next.cseqNumber > grant.register.cseqNumber + 1) continue;
    return lapsed(grant, next, endMicros, isShort(grant) && !obeys ? "granted-shorter" : "not-refreshed");
  }
  return undefined;
}

/** Far less was granted than asked for. */
function isShort({ askedSeconds, grantedSeconds }: Grant): boolean {
  return askedSeconds >= 2 * grantedSeconds;
}

function lapsed(
  grant: Grant,
  next: Transaction | undefined,
  endMicros: number,
  cause: "granted-shorter" | "not-refreshed",
): Draft<"registration-lapsed"> {
  const { register, request, response, askedSeconds, grantedSeconds, endsMicros } = grant;
  const longEnough = next !== undefined || endMicros - endsMicros >= timerB;
  return {
    verdict: next !== undefined ? "certain" : longEnough ? "likely" : "indeterminate",
    cause,
    evidence: [request, { message: response, field: contact }, ...(next === undefined ? [] : [next.first])],
    missing: longEnough ? [] : [longer(Math.ceil((timerB - (endMicros - endsMicros)) / 1e6))],
    values: {
      user: toUri(request),
      client: register.client.text,
      registrar: register.server.text,
      asked: askedSeconds,
      granted: grantedSeconds,
      seconds: secondsOf(endsMicros, endMicros),
      late: next === undefined ? "no" : "yes",
      other: "",
      oneDevice: "no",
    },
  };
}

/** What a successful REGISTER bound; undefined where it removed the binding or only asked. RFC 3261 §10.2.2, §10.2.3 */
function grantOf(register: Transaction): Grant | undefined {
  const { request, finalResponse: response } = register;
  const own = request?.first(contact);
  if (request === undefined || own === undefined || own.uri === "*") return undefined;
  if (response === undefined || !isSuccess(response)) return undefined;
  const bound = response.all(contact).find(({ uri }) => uriWithoutParameters(uri) === uriWithoutParameters(own.uri));
  const grantedSeconds = expirationSeconds(response, bound);
  const askedSeconds = expirationSeconds(request, own) ?? grantedSeconds;
  if (grantedSeconds === undefined || askedSeconds === undefined || grantedSeconds === 0 || askedSeconds === 0)
    return undefined;
  const endsMicros = response.packet.timeMicros + grantedSeconds * 1_000_000;
  return { register, request, response, askedSeconds, grantedSeconds, endsMicros };
}

/** The device came back with another Call-ID: bound by then, or by another contact of the same user. What a B2BUA sends on is of the same call. */
function isBoundAgain(
  { response, endsMicros }: Grant,
  states: readonly RegisteredState[],
  { legs }: Context["call"],
): boolean {
  return states.some(
    ({ callId, timeMicros }) =>
      legs.every((leg) => leg.callId !== callId) &&
      timeMicros >= response.packet.timeMicros &&
      timeMicros <= endsMicros + timerB,
  );
}

/** Two devices in turn, each of which makes the registrar forget the other. */
function flapping({ callId, registers }: Registration, context: Context): Draft<"registration-lapsed"> | undefined {
  const request = registers[0].request;
  if (request === undefined) return undefined;
  const states = context.registrations.statesOf(toUri(request));
  for (let i = 0; i + 2 < states.length; i++) {
    const [first, second, third] = states.slice(i, i + 3);
    if (first.callId !== callId && second.callId !== callId) continue;
    if (!replaces(second, first) || !replaces(third, second) || third.client.text !== first.client.text) continue;
    if (areOneDevice(first, second) === "yes") continue;
    const other = first.callId === callId ? second.client : first.client;
    return flapped(registers[0], request, other, [first, second, third]);
  }
  return undefined;
}

function flapped(
  register: Transaction,
  request: SipRequest,
  other: Endpoint,
  states: readonly RegisteredState[],
): Draft<"registration-lapsed"> {
  const messages = states.map(({ packet }) => parseMessage(packet)!);
  const oneDevice = areOneDevice(states[0], states[1]);
  return {
    verdict: oneDevice === "no" ? "certain" : "likely",
    cause: "flapping",
    evidence: messages.map((message) => ({ message, field: contact })),
    missing: oneDevice === "no" ? [] : [logOf(register.server, request.callId)],
    values: {
      user: toUri(request),
      client: register.client.text,
      other: other.text,
      registrar: register.server.text,
      asked: 0,
      granted: 0,
      seconds: 0,
      late: "no",
      oneDevice,
    },
  };
}

/** A device keeps its instance ID wherever it moves. RFC 5626 §4.1 */
function areOneDevice(first: RegisteredState, second: RegisteredState): "yes" | "no" | "unknown" {
  const [before, now] = [first, second].map(({ bindings }) => bindings.map(({ instance }) => instance));
  if ([...before, ...now].includes("")) return "unknown";
  return before.some((instance) => now.includes(instance)) ? "yes" : "no";
}

/** Another device registered, and of a binding that had not run out nothing is left. */
function replaces(now: RegisteredState, before: RegisteredState): boolean {
  if (now.callId === before.callId || now.registrar !== before.registrar || now.client === before.client) return false;
  const left = new Set(now.bindings.map((binding) => binding.contact));
  const open = before.bindings.filter(({ endsMicros }) => endsMicros > now.timeMicros);
  return now.bindings.length > 0 && open.length > 0 && open.every((binding) => !left.has(binding.contact));
}
