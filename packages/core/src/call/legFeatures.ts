import { authorization } from "../message/authorization.ts";
import { event } from "../message/event.ts";
import { from } from "../message/from.ts";
import type { SipRequest } from "../message/message.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { parseUri } from "../message/uri.ts";
import { to } from "../message/to.ts";
import { via } from "../message/via.ts";
import type { LinkKind } from "./call.ts";
import { isSameNumber, isSameUser } from "./sameUser.ts";

/** What a B2BUA may carry over from one leg to the next. `""` where there is none. */
export interface LegFeatures {
  /** Without the host, where the rest is long enough. */
  readonly callId: string;
  /** The o= line of the offer. RFC 8866 §5.2 */
  readonly sdpOrigin: string;
  /** Address and port of the first medium that is offered. */
  readonly mediaAddress: string;
  readonly caller: string;
  readonly callee: string;
  /** Whom the caller asked for, wherever the request is routed to. RFC 3261 §8.1.1.2 */
  readonly wanted: string;
  /** The event package, of what subscribes to one or publishes to it. RFC 6665 §8.2.1 */
  readonly event: string;
  /** Answers to challenges. RFC 3261 §22.1 */
  readonly credentials: readonly string[];
  /** It came on the way of another request: a proxy has sent it on. RFC 3261 §16.6 */
  readonly isForwarded: boolean;
}

export interface Resemblance {
  readonly kind: LinkKind;
  readonly score: number;
}

/** A message of another leg that a request goes on with, and why. */
export interface LegMatch<Place> {
  /** Where that message is kept. */
  readonly place: Place;
  readonly resemblance: Resemblance;
}

/** Shorter Call-IDs occur in others by chance. */
const SHORTEST_CALL_ID = 8;
/** Who does not say who they are have no name in common. RFC 3323 §4.1.1.3; in the field also the others. */
const NOBODY: ReadonlySet<string> = new Set(["anonymous", "unknown", "unavailable"]);
const NOBODYS_HOST = "anonymous.invalid";
/** Nothing is received there: a call on hold, or media whose address ICE tells later. RFC 3264 §8.4 */
const NO_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);
const NO_PORT: ReadonlySet<string> = new Set(["0", "9"]);

/** A request answers few challengers; more are nobody's. */
const MAX_CREDENTIALS = 4;

export function legFeatures(request: SipRequest): LegFeatures {
  const body = request.method === "INVITE" ? request.bodyText() : "";
  return {
    callId: withoutHost(request.callId),
    sdpOrigin: originOf(body),
    mediaAddress: mediaAddressOf(body),
    caller: nameIn(request.first(from)?.uri ?? ""),
    callee: parseUri(request.requestUri)?.user ?? "",
    wanted: nameIn(request.first(to)?.uri ?? ""),
    event: request.first(event)?.package.toLowerCase() ?? "",
    credentials: credentialsOf(request),
    isForwarded: request.count(via) > 1,
  };
}

/** The strongest sign that two requests, of which the second left the element that had received the first, are of one call. */
export function resemblance(a: LegFeatures, b: LegFeatures): Resemblance | undefined {
  if (a.event !== b.event) return undefined;
  if (a.credentials.some((each) => b.credentials.includes(each))) return { kind: "same-credentials", score: 0.95 };
  if (a.sdpOrigin !== "" && a.sdpOrigin === b.sdpOrigin) return { kind: "sdp-origin", score: 0.9 };
  if (a.mediaAddress !== "" && a.mediaAddress === b.mediaAddress) return { kind: "media-address", score: 0.85 };
  if (isDerived(a.callId, b.callId)) return { kind: "call-id-derived", score: 0.85 };
  const isSameCallee = isSameUser(a.callee, b.callee) || isSameUser(a.wanted, b.wanted);
  if (isSameUser(a.caller, b.caller) && isSameCallee) return { kind: "same-users", score: 0.6 };
  // A PBX that calls out writes its own number as the caller's, and one that passes a call on another callee.
  const sharesNumber = isSameNumber(a.caller, b.caller) || isSameNumber(a.callee, b.callee);
  return sharesNumber && !b.isForwarded ? { kind: "same-number", score: 0.5 } : undefined;
}

/** Not two clients, nor one at two times, answer with the same digest of the same nonce. RFC 7616 §3.4.1 */
export function credentialsOf(request: SipRequest): string[] {
  return [...request.all(authorization), ...request.all(proxyAuthorization)]
    .slice(0, MAX_CREDENTIALS)
    .filter(({ nonce, response }) => nonce !== "" && response !== "")
    .map(({ nonce, response }) => `${nonce} ${response}`);
}

function isDerived(a: string, b: string): boolean {
  return a.length < b.length ? isPart(a, b) : isPart(b, a);
}

function isPart(short: string, long: string): boolean {
  return short.length >= SHORTEST_CALL_ID && long.includes(short);
}

function withoutHost(callId: string): string {
  const at = callId.indexOf("@");
  return at >= SHORTEST_CALL_ID ? callId.slice(0, at) : callId;
}

/** `""` where the URI names nobody. */
function nameIn(uri: string): string {
  return namesNobody(uri) ? "" : (parseUri(uri)?.user ?? "");
}

/** True for the URI of somebody who does not say who they are. */
export function namesNobody(uri: string): boolean {
  const parsed = parseUri(uri);
  return parsed?.host === NOBODYS_HOST || NOBODY.has(parsed?.user?.toLowerCase() ?? "");
}

/** `""` where the session has no id of its own. */
function originOf(body: string): string {
  const line = bodyLine(body, "o=");
  return line.split(" ")[1] === "0" ? "" : line;
}

function mediaAddressOf(body: string): string {
  const connection = bodyLine(body, "c=");
  const [, port] = bodyLine(body, "m=").split(" ");
  const address = connection.slice(connection.lastIndexOf(" ") + 1);
  return port === undefined || connection === "" || NO_ADDRESS.has(address) || NO_PORT.has(port)
    ? ""
    : `${connection} ${port}`;
}

/** The first line of a session description that begins so, without its type. */
function bodyLine(body: string, type: string): string {
  const start = body.startsWith(type) ? 0 : body.indexOf(`\n${type}`) + 1;
  if (!body.startsWith(type, start)) return "";
  const end = body.indexOf("\n", start);
  return body.slice(start + type.length, end < 0 ? body.length : end).trimEnd();
}
