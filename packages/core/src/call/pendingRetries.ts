import { authorization } from "../message/authorization.ts";
import { contact } from "../message/contact.ts";
import { isChallenge } from "../message/digest.ts";
import { diversion } from "../message/diversion.ts";
import { from } from "../message/from.ts";
import { historyInfo } from "../message/historyInfo.ts";
import type { SipRequest, SipResponse } from "../message/message.ts";
import { proxyAuthenticate } from "../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { to } from "../message/to.ts";
import { parseUri, uriWithoutParameters, userWithoutParameters } from "../message/uri.ts";
import { wwwAuthenticate } from "../message/wwwAuthenticate.ts";
import type { Packet } from "../network/packet.ts";
import { timerB } from "../transaction/timers.ts";
import { Arrivals } from "./arrivals.ts";
import type { LegMatch, Resemblance } from "./legFeatures.ts";

/** How long after a refusal its receiver may ask again under another Call-ID. */
const WINDOW_MICROS = timerB;
/** Targets of one redirect that are followed. */
const MAX_TARGETS = 16;
/** A 305 leads to the same target by way of a proxy, and a 380 to another service. RFC 3261 §21.3 */
const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302]);
/** What a request may have that is sent again, and rarely another one. */
const OF_RETRIES = [authorization, proxyAuthorization, diversion, historyInfo];

/** True for a final response after which its receiver may ask again under another Call-ID. RFC 3261 §8.1.3.4, §8.1.3.5 */
export function invitesRetry(statusCode: number): boolean {
  return isChallenge(statusCode) || REDIRECTS.has(statusCode);
}

interface Pending<Place> {
  readonly timeMicros: number;
  /** Where the refusal is kept. */
  readonly place: Place;
  /** The user whom it refuses; undefined until somebody asks. */
  callee: string | undefined;
  /** The targets of a redirect that were tried; a client may go through all of them. RFC 3261 §8.1.3.4 */
  readonly tried: string[];
}

/** Requests that were challenged or redirected, so that the attempt which their client makes under another Call-ID can be told to be of the same call. */
export class PendingRetries<Place> {
  readonly #read: (place: Place) => SipResponse | undefined;
  readonly #arrivals = new Arrivals<Pending<Place>>(WINDOW_MICROS, isOpen);

  /** @param read gives the refusal that is kept there, if it still is and its client has not asked again under the same Call-ID */
  constructor(read: (place: Place) => SipResponse | undefined) {
    this.#read = read;
  }

  /** A refusal that arrived at its destination. */
  add(packet: Packet, place: Place): void {
    this.#arrivals.add(packet, { timeMicros: packet.timeMicros, place, callee: undefined, tried: [] });
  }

  /** The refusal after which its client sends this request, the first of its leg: once for a challenge and for each target, and of two alike the later. */
  match(request: SipRequest): LegMatch<Place> | undefined {
    const { source, timeMicros } = request.packet;
    const known = this.#arrivals.at(source);
    if (known.length === 0 || !mayAskAgain(request)) return undefined;
    const callees = calleesOf(request);
    for (let i = known.length - 1; i >= 0 && isOpen(known[i], timeMicros); i--) {
      const entry = known[i];
      const resemblance = this.#resemblance(entry, request, callees);
      if (resemblance === undefined) continue;
      if (resemblance.kind === "challenge") this.#arrivals.remove(source, (each) => each === entry);
      else entry.tried.push(targetOf(request));
      return { place: entry.place, resemblance };
    }
    return undefined;
  }

  #resemblance(entry: Pending<Place>, request: SipRequest, callees: ReadonlySet<string>): Resemblance | undefined {
    if (entry.callee !== undefined && !callees.has(entry.callee)) return undefined;
    if (entry.tried.length >= MAX_TARGETS || entry.tried.includes(targetOf(request))) return undefined;
    const refusal = this.#read(entry.place);
    entry.callee = userIn(refusal?.first(to)?.uri);
    return refusal !== undefined && callees.has(entry.callee)
      ? resemblanceOf(refusal, request, entry.callee)
      : undefined;
  }
}

function isOpen<Place>({ timeMicros }: Pending<Place>, nowMicros: number): boolean {
  return nowMicros - timeMicros <= WINDOW_MICROS;
}

/** False for what most requests are: without credentials, and to the one whom To names. */
function mayAskAgain(request: SipRequest): boolean {
  if (OF_RETRIES.some((field) => request.has(field))) return true;
  const called = request.first(to)?.uri ?? "";
  return called !== request.requestUri && uriWithoutParameters(called) !== uriWithoutParameters(request.requestUri);
}

/** A client leaves To as it was, and a B2BUA tells in other fields whom it had asked for. RFC 3261 §8.1.3.4, RFC 5806, RFC 7044 */
function calleesOf(request: SipRequest): Set<string> {
  const named = [request.first(to), ...request.all(diversion), ...request.all(historyInfo)];
  return new Set(named.map((each) => userIn(each?.uri)).filter((user) => user !== ""));
}

function resemblanceOf(refusal: SipResponse, request: SipRequest, callee: string): Resemblance | undefined {
  if (refusal.cseqMethod !== request.method) return undefined;
  if (!REDIRECTS.has(refusal.statusCode))
    return answers(refusal, request) ? { kind: "challenge", score: 0.95 } : undefined;
  const isSameCaller = callerOf(refusal) === callerOf(request);
  return isSameCaller && follows(refusal, request, callee) ? { kind: "redirect", score: 0.9 } : undefined;
}

/** With credentials for a nonce of this challenge. RFC 3261 §22.1 */
function answers(challenge: SipResponse, request: SipRequest): boolean {
  const challenges = [...challenge.all(wwwAuthenticate), ...challenge.all(proxyAuthenticate)];
  const credentials = [...request.all(authorization), ...request.all(proxyAuthorization)];
  return credentials.some(({ nonce }) => nonce !== "" && challenges.some((each) => each.nonce === nonce));
}

/** Another user is looked for wherever the client sends its calls; the same one at the host that is named, unless it was asked for there before. */
function follows(redirect: SipResponse, request: SipRequest, callee: string): boolean {
  const asked = parseUri(request.requestUri);
  const before = parseUri(redirect.first(to)?.uri ?? "");
  return redirect.all(contact).some(({ uri }) => {
    const target = parseUri(uri);
    if (asked === undefined || target === undefined) return false;
    const user = userWithoutParameters(target);
    if (user === "" || user !== userWithoutParameters(asked)) return false;
    return user !== callee || (target.host === asked.host && target.host !== before?.host);
  });
}

function targetOf({ requestUri }: SipRequest): string {
  return uriWithoutParameters(requestUri);
}

function callerOf(message: SipRequest | SipResponse): string {
  return uriWithoutParameters(message.first(from)?.uri ?? "");
}

function userIn(uri: string | undefined): string {
  const parsed = parseUri(uri ?? "");
  return parsed === undefined ? "" : userWithoutParameters(parsed);
}
