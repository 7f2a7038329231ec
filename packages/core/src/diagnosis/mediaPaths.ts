import { byeOf, type Dialog } from "../dialog/dialog.ts";
import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import { endpointOf } from "../network/endpoint.ts";
import { isAddress } from "../network/ipAddress.ts";
import type { Endpoint, RtpStream } from "../network/packet.ts";
import { hasDescription, type MediaDescription, sessionDescription } from "../sdp/sessionDescription.ts";
import { hops, isSuccess, type Transaction } from "../transaction/transaction.ts";

/** What is followed of a call, as `m=` lines call it: an image is a fax. */
export type MediaKind = "audio" | "video" | "image";

/** Where one of two neighbours wants to get the audio, the video or the fax of a call. */
export interface MediaEnd {
  /** The address and port that it announced, RFC 3264 §5.1, or the one that ICE chose. */
  readonly endpoint: Endpoint;
  /** Which says so. */
  readonly message: SipMessage;
  readonly media: MediaDescription;
  /** Its user fragments, as long as ICE went on. A restart changes them, and what goes on meanwhile mixes old and new ones. RFC 8445 §9 */
  readonly ufrags: readonly string[];
  /** Where its SIP comes from. */
  readonly neighbour: Endpoint;
}

/** What two neighbours agreed on for the media of a call, both ways, and from when to when. RFC 3264 §4 */
export interface MediaPath {
  readonly dialog: Dialog;
  /** The side that is nearer to the caller. */
  readonly caller: MediaEnd;
  readonly callee: MediaEnd;
  /** When it was offered, and when that was accepted, microseconds since the epoch. */
  readonly offeredMicros: number;
  readonly sinceMicros: number;
  /** Both sides have ICE find out the addresses. RFC 8839 §4.2.5 */
  readonly isIce: boolean;
  /** What ended the call. */
  readonly bye: SipRequest | undefined;
}

interface Exchange extends Omit<MediaPath, "dialog" | "bye"> {
  /** Both sides send and receive. */
  readonly isBothWays: boolean;
}

/**
 * What was agreed last between each two neighbours in view of this dialog, the caller's first, where media of this kind were to go both ways.
 * With ICE the addresses are found out only afterwards.
 */
export function mediaPaths(dialog: Dialog, kind: MediaKind): MediaPath[] {
  return pathsOf(dialog, kind, (exchanges) => {
    const bothWays = exchanges.map((each) => (each?.isBothWays === true ? each : undefined));
    return bothWays.at(-1) === undefined ? [] : agreementsOf(bothWays).slice(-1);
  });
}

/** All that was agreed in the course of it, also where it went one way, as on hold. */
export function allMediaPaths(dialog: Dialog, kind: MediaKind): MediaPath[] {
  return pathsOf(dialog, kind, agreementsOf);
}

function pathsOf(
  dialog: Dialog,
  kind: MediaKind,
  agreed: (exchanges: readonly (Exchange | undefined)[]) => readonly Exchange[],
): MediaPath[] {
  if (dialog.answer === undefined || dialog.answer.packet.untimed === true) return [];
  const byNeighbours = new Map<string, (Exchange | undefined)[]>();
  const changes = dialog.requests.filter(({ method }) => method === "INVITE" || method === "UPDATE");
  for (const root of [dialog.invite, ...changes]) {
    for (const hop of hops(root)) {
      const key = [hop.client.host, hop.server.host].toSorted().join(" ");
      const known = byNeighbours.get(key) ?? [];
      byNeighbours.set(key, [...known, ...exchangeOn(hop, dialog, kind)]);
    }
  }
  const bye = byeOf(dialog)?.request;
  return [...byNeighbours.values()].flatMap((exchanges) =>
    agreed(exchanges).map((exchange) => ({ ...exchange, dialog, bye })),
  );
}

/** Empty where nothing was offered; undefined in it where what was agreed is not of this kind at known addresses. */
function exchangeOn(hop: Transaction, dialog: Dialog, kind: MediaKind): (Exchange | undefined)[] {
  const described = descriptionsOn(hop, dialog);
  if (described === undefined) return [];
  const { byClient, byServer, accepted } = described;
  const client = mediaEnd(byClient, hop.client, kind);
  const server = mediaEnd(byServer, hop.server, kind);
  if (client === undefined || server === undefined) return [undefined];
  const isIce = client.media.ice && server.media.ice;
  if (!isIce && !(isAnnounced(client) && isAnnounced(server))) return [undefined];
  const isOfCaller = hop.first.fromTag === dialog.callerTag;
  return [
    {
      caller: isOfCaller ? client : server,
      callee: isOfCaller ? server : client,
      offeredMicros: hop.first.packet.timeMicros,
      sinceMicros: accepted.packet.timeMicros,
      isIce,
      isBothWays: client.media.direction === "sendrecv" && server.media.direction === "sendrecv",
    },
  ];
}

interface Described {
  readonly byClient: SipMessage;
  readonly byServer: SipMessage;
  readonly accepted: SipResponse;
}

/** The descriptions of both sides: an offer in the 2xx is answered in the ACK. RFC 3261 §13.2.1 */
function descriptionsOn(hop: Transaction, { calleeTag, acks }: Dialog): Described | undefined {
  const { request, client } = hop;
  const isOfDialog = ({ toTag }: SipResponse): boolean => request?.toTag !== "" || toTag === calleeTag;
  const responses = hop.responses.filter(isOfDialog);
  const accepted = responses.find(isSuccess);
  if (request === undefined || accepted === undefined) return undefined;
  const byServer = responses.findLast((response) => response.statusCode < 300 && hasDescription(response));
  if (byServer === undefined) return undefined;
  if (hasDescription(request)) return { byClient: request, byServer, accepted };
  const ack = acks.find(
    (each) => each.cseqNumber === hop.cseqNumber && each.client.host === client.host && each.first.kind === "request",
  )?.request;
  return ack !== undefined && hasDescription(ack) ? { byClient: ack, byServer, accepted } : undefined;
}

/** The first of its kind in a description that is not refused. */
function mediaEnd(message: SipMessage, neighbour: Endpoint, wanted: MediaKind): MediaEnd | undefined {
  const media = sessionDescription(message)?.media.find(({ kind, port }) => kind === wanted && port !== 0);
  if (media === undefined || !isFollowed(media)) return undefined;
  return { endpoint: endpointOf(media.address, media.port), message, media, ufrags: [media.iceUfrag], neighbour };
}

/** RTP in each of its profiles, and UDPTL where it is not encrypted. */
function isFollowed({ kind, protocol }: MediaDescription): boolean {
  const name = protocol.toUpperCase();
  return kind === "image" ? name === "UDPTL" : name.includes("RTP/");
}

function isAnnounced({ media: { address } }: MediaEnd): boolean {
  return isAddress(address) && address !== "0.0.0.0" && address !== "::";
}

/** One after the other. As long as the same was agreed again, a refresh of the session for example, it went on. */
function agreementsOf(exchanges: readonly (Exchange | undefined)[]): Exchange[] {
  const agreements: Exchange[] = [];
  let before: Exchange | undefined;
  for (const exchange of exchanges) {
    if (exchange !== undefined && before !== undefined && isSamePlace(before, exchange)) {
      const known = agreements.pop()!;
      agreements.push({
        ...known,
        caller: withUfrags(exchange.caller, known.caller),
        callee: withUfrags(exchange.callee, known.callee),
      });
    } else if (exchange !== undefined) agreements.push(exchange);
    before = exchange;
  }
  return agreements;
}

/** Where ICE finds the addresses it goes on at others. */
function isSamePlace(one: Exchange, other: Exchange): boolean {
  if (one.isIce || other.isIce) return one.isIce && other.isIce;
  return (
    one.caller.endpoint.text === other.caller.endpoint.text && one.callee.endpoint.text === other.callee.endpoint.text
  );
}

function withUfrags(end: MediaEnd, before: MediaEnd): MediaEnd {
  return { ...end, ufrags: [...new Set([...before.ufrags, ...end.ufrags])] };
}

/** The profile says that it is encrypted: RTP/SAVP, RTP/SAVPF, and these over DTLS. */
export function isSecured({ media: { protocol } }: MediaEnd): boolean {
  return protocol.toUpperCase().includes("SAVP");
}

/** By what both sides agreed on. */
export function protocolOf({ caller, callee }: MediaPath): RtpStream["protocol"] {
  if (caller.media.kind === "image") return "UDPTL";
  return isSecured(caller) && isSecured(callee) ? "SRTP" : "RTP";
}

/** True for what may be of this path: RTP or UDPTL. */
export function isOfPath(stream: RtpStream, path: MediaPath): boolean {
  return (stream.protocol === "UDPTL") === (protocolOf(path) === "UDPTL");
}
