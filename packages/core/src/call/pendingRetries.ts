import { authorization } from "../message/authorization.ts";
import { contact } from "../message/contact.ts";
import { isChallenge } from "../message/digest.ts";
import { diversion } from "../message/diversion.ts";
import { historyInfo } from "../message/historyInfo.ts";
import type { SipRequest, SipResponse } from "../message/message.ts";
import { fromUri } from "../message/partyUri.ts";
import { proxyAuthenticate } from "../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { namesServers, REDIRECTS } from "../message/redirect.ts";
import { route } from "../message/route.ts";
import { to } from "../message/to.ts";
import { parseUri, uriWithoutParameters, userWithoutParameters } from "../message/uri.ts";
import { wwwAuthenticate } from "../message/wwwAuthenticate.ts";
import { isAddress } from "../network/ipAddress.ts";
import type { Packet } from "../network/packet.ts";
import { offersOtherwise } from "../sdp/offersOtherwise.ts";
import { timerB } from "../transaction/timers.ts";
import { Arrivals } from "./arrivals.ts";
import { type LegMatch, namesNobody, type Resemblance } from "./legFeatures.ts";
import { isSameUser } from "./sameUser.ts";

/** How long after a refusal its receiver may ask again under another Call-ID. */
const WINDOW_MICROS = timerB;
/** A client goes to another user at once; who reads of that one and dials takes longer. */
const AT_ONCE_MICROS = 2_000_000;
/** One that offers something else by itself does it sooner still. */
const OFFERED_AGAIN_MICROS = 1_000_000;
/** Targets of one redirect that are followed. */
const MAX_TARGETS = 16;

/** Which may be of the offer, where encryption or its profile are not taken. RFC 3261 §21.4.13, §21.4.26, §21.6.4 */
export const REFUSED_OFFERS: ReadonlySet<number> = new Set([415, 488, 606]);

/** True for a final response after which its receiver may ask again under another Call-ID. RFC 3261 §8.1.3.4, §8.1.3.5 */
export function invitesRetry(statusCode: number): boolean {
  return kindOf(statusCode) !== undefined;
}

type RetryKind = "redirect" | "challenge" | "other-offer";

function kindOf(statusCode: number): RetryKind | undefined {
  if (isChallenge(statusCode)) return "challenge";
  if (REDIRECTS.has(statusCode)) return "redirect";
  return REFUSED_OFFERS.has(statusCode) ? "other-offer" : undefined;
}

interface Pending<Place> {
  readonly timeMicros: number;
  readonly kind: RetryKind;
  /** Where the refusal is kept. */
  readonly place: Place;
  /** Whom it names; undefined until somebody asks. */
  named: Named | undefined;
  /** The targets of a redirect that were tried; a client may go through all of them. RFC 3261 §8.1.3.4 */
  readonly tried: string[];
}

/** What is remembered of a refusal, so that not every request that comes after it has to be compared with all of it. */
interface Named {
  /** The user whom it refuses, the host of that one, and who refuses. */
  readonly callee: string;
  readonly host: string;
  readonly server: string;
  /** Where it leads to; empty for a challenge. */
  readonly targets: readonly Target[];
}

interface Target {
  /** `""` for a server, by way of which the same user is asked for. */
  readonly user: string;
  readonly host: string;
}

const NOBODY: Named = { callee: "", host: "", server: "", targets: [] };

/** Requests that were challenged or redirected, or whose offer was refused, so that the attempt which their client makes under another Call-ID can be told to be of the same call. */
export class PendingRetries<Place> {
  readonly #read: (place: Place) => SipResponse | undefined;
  readonly #readRefused: (place: Place) => SipRequest | undefined;
  readonly #onLater: (place: Place, request: SipRequest) => void;
  readonly #arrivals = new Arrivals<Pending<Place>>(WINDOW_MICROS, isOpen);

  /**
   * @param read gives the refusal that is kept there, if it still is and its client has not asked again under the same Call-ID
   * @param readRefused gives the request that the refusal answers
   * @param onLater is told of a request to the target of a redirect that comes too late, and names too little, to be taken for the same call
   */
  constructor(
    read: (place: Place) => SipResponse | undefined,
    readRefused: (place: Place) => SipRequest | undefined,
    onLater: (place: Place, request: SipRequest) => void,
  ) {
    this.#read = read;
    this.#readRefused = readRefused;
    this.#onLater = onLater;
  }

  /** A refusal that arrived at its destination. */
  add(packet: Packet, statusCode: number, place: Place): void {
    const kind = kindOf(statusCode);
    if (kind === undefined) return;
    this.#arrivals.add(packet, { timeMicros: packet.timeMicros, kind, place, named: undefined, tried: [] });
  }

  /** The refusal after which its client sends this request, the first of its leg: once for a challenge, for an offer and for each target, and of two alike the later. */
  match(request: SipRequest): LegMatch<Place> | undefined {
    const { source, timeMicros } = request.packet;
    const known = this.#arrivals.at(source);
    if (known.length === 0) return undefined;
    const isAnswer = request.has(authorization) || request.has(proxyAuthorization);
    let asked: Asked | undefined;
    for (let i = known.length - 1; i >= 0 && isOpen(known[i], timeMicros); i--) {
      const entry = known[i];
      if (entry.kind === "challenge" && !isAnswer) continue;
      if (entry.kind === "other-offer" && timeMicros - entry.timeMicros > OFFERED_AGAIN_MICROS) continue;
      asked ??= new Asked(request);
      const resemblance = this.#resemblance(entry, request, asked);
      if (resemblance === undefined) continue;
      if (entry.kind === "redirect") entry.tried.push(asked.target);
      else this.#arrivals.remove(source, (each) => each === entry);
      return { place: entry.place, resemblance };
    }
    return undefined;
  }

  #resemblance(entry: Pending<Place>, request: SipRequest, asked: Asked): Resemblance | undefined {
    const { tried } = entry;
    if (tried.length >= MAX_TARGETS || (tried.length > 0 && tried.includes(asked.target))) return undefined;
    const named = (entry.named ??= namedIn(this.#read(entry.place)));
    const isRedirect = entry.kind === "redirect";
    if (isRedirect && !named.targets.some((target) => leadsTo(target, named, asked))) return undefined;
    const isSameCallee = asked.callees.has(named.callee);
    if (!isRedirect && !isSameCallee) return undefined;
    const refusal = this.#read(entry.place);
    if (refusal === undefined || refusal.cseqMethod !== request.method) return undefined;
    if (entry.kind === "challenge") return answers(refusal, request) ? { kind: "challenge", score: 0.95 } : undefined;
    const caller = fromUri(refusal);
    if (caller !== fromUri(request)) return undefined;
    if (entry.kind === "other-offer") {
      const refused = namesNobody(caller) ? undefined : this.#readRefused(entry.place);
      return refused !== undefined && asksAnew(refused, request) ? { kind: "other-offer", score: 0.8 } : undefined;
    }
    if (isSameCallee) return { kind: "redirect", score: 0.9 };
    // It names nobody but the new one.
    if (namesNobody(caller)) return undefined;
    if (request.packet.timeMicros - entry.timeMicros <= AT_ONCE_MICROS) return { kind: "redirect", score: 0.7 };
    this.#onLater(entry.place, request);
    return undefined;
  }
}

function isOpen<Place>({ timeMicros }: Pending<Place>, nowMicros: number): boolean {
  return nowMicros - timeMicros <= WINDOW_MICROS;
}

/** What tells whether a request is one that was refused, asked again. Most have nothing to do with any, so that not all of it is read. */
class Asked {
  readonly #request: SipRequest;
  #callees: ReadonlySet<string> | undefined;
  readonly user: string;
  readonly host: string;

  constructor(request: SipRequest) {
    this.#request = request;
    const uri = parseUri(request.requestUri);
    this.user = uri === undefined ? "" : userWithoutParameters(uri);
    this.host = uri?.host ?? "";
  }

  /** The Request-URI. */
  get target(): string {
    return uriWithoutParameters(this.#request.requestUri);
  }

  get callees(): ReadonlySet<string> {
    return (this.#callees ??= calleesOf(this.#request));
  }

  /** Where it is sent. */
  get next(): string {
    return this.#request.packet.destination.address;
  }

  /** All hosts by way of which it goes. */
  get ways(): readonly string[] {
    return [this.host, parseUri(this.#request.first(route)?.uri ?? "")?.host ?? "", this.next];
  }
}

/** A client leaves To as it was, and a B2BUA tells in other fields whom it had asked for. RFC 3261 §8.1.3.4, RFC 5806, RFC 7044 */
function calleesOf(request: SipRequest): Set<string> {
  const named = [request.first(to), ...request.all(diversion), ...request.all(historyInfo)];
  return new Set(named.map((each) => userIn(each?.uri)).filter((user) => user !== ""));
}

function namedIn(refusal: SipResponse | undefined): Named {
  const called = refusal?.first(to)?.uri;
  if (refusal === undefined || called === undefined) return NOBODY;
  const server = refusal.packet.source.address;
  return { callee: userIn(called), host: parseUri(called)?.host ?? "", server, targets: targetsOf(refusal) };
}

function targetsOf(redirect: SipResponse): Target[] {
  if (!REDIRECTS.has(redirect.statusCode)) return [];
  const areServers = namesServers(redirect);
  return redirect
    .all(contact)
    .flatMap(({ uri }) => parseUri(uri) ?? [])
    .map((uri) => ({ user: areServers ? "" : userWithoutParameters(uri), host: uri.host }))
    .slice(0, MAX_TARGETS);
}

/** With credentials for a nonce of this challenge. RFC 3261 §22.1 */
function answers(challenge: SipResponse, request: SipRequest): boolean {
  const challenges = [...challenge.all(wwwAuthenticate), ...challenge.all(proxyAuthenticate)];
  const credentials = [...request.all(authorization), ...request.all(proxyAuthorization)];
  return credentials.some(({ nonce }) => nonce !== "" && challenges.some((each) => each.nonce === nonce));
}

/** The same once more, of the same server, but for what is offered. */
function asksAnew(refused: SipRequest, request: SipRequest): boolean {
  return (
    refused.requestUri === request.requestUri &&
    refused.packet.destination === request.packet.destination &&
    offersOtherwise(refused, request)
  );
}

/**
 * Another user is looked for wherever the client sends its calls; the same one at the host that is named, unless it was asked for there before, or by
 * way of the server that is named. RFC 3261 §8.1.3.4, §21.3.4
 */
function leadsTo(target: Target, before: Named, asked: Asked): boolean {
  if (target.user === "") return asked.callees.has(before.callee) && passes(target.host, before, asked);
  if (!isSameUser(target.user, asked.user)) return false;
  return !isSameUser(target.user, before.callee) || (target.host === asked.host && target.host !== before.host);
}

/** Where a name is what the server is told by, any other one than before may be it. */
function passes(host: string, { host: called, server }: Named, { ways, next }: Asked): boolean {
  if (host === called || host === server) return false;
  return ways.includes(host) || (!isAddress(host) && next !== server);
}

function userIn(uri: string | undefined): string {
  const parsed = parseUri(uri ?? "");
  return parsed === undefined ? "" : userWithoutParameters(parsed);
}
