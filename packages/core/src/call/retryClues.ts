import { authorization } from "../message/authorization.ts";
import { contact } from "../message/contact.ts";
import { diversion } from "../message/diversion.ts";
import { from } from "../message/from.ts";
import { historyInfo } from "../message/historyInfo.ts";
import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import { proxyAuthenticate } from "../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../message/proxyAuthorization.ts";
import { to } from "../message/to.ts";
import { parseUri, type Uri, uriWithoutParameters, userWithoutParameters } from "../message/uri.ts";
import { wwwAuthenticate } from "../message/wwwAuthenticate.ts";
import type { LinkClue } from "./linkLegs.ts";

/** A 305 leads to the same target by way of a proxy, and a 380 to another service. RFC 3261 §21.3 */
const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302]);

/** True for a final response after which its receiver may ask again under another Call-ID. RFC 3261 §8.1.3.4, §8.1.3.5 */
export function invitesRetry(statusCode: number): boolean {
  return statusCode === 401 || statusCode === 407 || REDIRECTS.has(statusCode);
}

/** True for a clue that a refusal leaves. */
export function comesOfRefusal({ kind }: LinkClue): boolean {
  return kind === "redirect" || kind === "challenge";
}

/** The clues that the refusal of an INVITE leaves: whoever is told so may ask for the same person again, with the nonce or at a target that it names. */
export function refusalClues(refusal: SipResponse): LinkClue[] {
  const client = refusal.packet.destination.address;
  if (!REDIRECTS.has(refusal.statusCode)) {
    const challenges = [...refusal.all(wwwAuthenticate), ...refusal.all(proxyAuthenticate)];
    return challenges.flatMap(({ nonce }) => challengeClue(client, refusal, nonce));
  }
  const callee = parseUri(refusal.first(to)?.uri ?? "");
  const targets = refusal.all(contact).flatMap(({ uri }) => parseUri(uri) ?? []);
  return callee === undefined
    ? []
    : targets.flatMap((target) => redirectClue(client, refusal, callee, newIn(target, callee)));
}

/** Clues that meet those which a refusal left, the surer one first. */
export function retryClues(invite: SipRequest): LinkClue[] {
  const client = invite.packet.source.address;
  const credentials = [...invite.all(authorization), ...invite.all(proxyAuthorization)];
  const target = parseUri(invite.requestUri);
  // A client leaves To as it was, and a B2BUA tells in other fields whom it had asked for. RFC 3261 §8.1.3.4, RFC 5806, RFC 7044
  const named = [invite.first(to), ...invite.all(diversion), ...invite.all(historyInfo)];
  const callees = named.flatMap((each) => parseUri(each?.uri ?? "") ?? []);
  return [
    ...credentials.flatMap(({ nonce }) => challengeClue(client, invite, nonce)),
    ...(target === undefined
      ? []
      : callees.flatMap((callee) => redirectClue(client, invite, callee, newIn(target, callee)))),
  ];
}

/** A nonce may be used for later calls too, but for those to somebody else. RFC 7616 §3.4 */
function challengeClue(client: string, message: SipMessage, nonce: string): LinkClue[] {
  const callee = uriWithoutParameters(message.first(to)?.uri ?? "");
  return nonce === "" ? [] : [{ kind: "challenge", score: 0.95, key: `challenge ${client} ${callee} ${nonce}` }];
}

function redirectClue(client: string, message: SipMessage, callee: Uri, target: string): LinkClue[] {
  const caller = uriWithoutParameters(message.first(from)?.uri ?? "");
  const asked = userWithoutParameters(callee);
  const key = `redirect ${client} ${caller} ${asked} ${target}`;
  return asked === "" || target === "" ? [] : [{ kind: "redirect", score: 0.9, key }];
}

/** Another user is looked for wherever the client sends its calls; the same one at the host that is named. `""` where nothing is new. */
function newIn(target: Uri, callee: Uri): string {
  const user = userWithoutParameters(target);
  if (user !== userWithoutParameters(callee)) return user;
  return target.host === callee.host ? "" : `@${target.host}`;
}
