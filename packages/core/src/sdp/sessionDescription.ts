import { partText } from "../message/bodyParts.ts";
import type { SipMessage } from "../message/message.ts";
import { RecentMap } from "../network/recentMap.ts";
import { parseSessionDescription } from "./parseSessionDescription.ts";
import type { SdpAnomaly } from "./sdpLine.ts";

export type AddressFamily = "IP4" | "IP6";
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** A session description: an offer or an answer. RFC 8866, RFC 3264 */
export interface SessionDescription {
  readonly origin?: SessionOrigin;
  /** From the c= line of the session; `""` where only the media have one. */
  readonly address: string;
  readonly addressFamily?: AddressFamily;
  readonly media: readonly MediaDescription[];
  readonly anomalies: readonly SdpAnomaly[];
}

/** The o= line. RFC 8866 §5.2 */
export interface SessionOrigin {
  readonly username: string;
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly addressFamily: AddressFamily;
  readonly address: string;
  /** The line after `o=`. */
  readonly text: string;
}

/** One m= line and what belongs to it; what the session says for all media is filled in. */
export interface MediaDescription {
  /** `audio`, `video`, `image` … */
  readonly kind: string;
  /** 0 where the stream is refused or ended. RFC 3264 §6 */
  readonly port: number;
  /** `RTP/AVP`, `RTP/SAVP`, `UDP/TLS/RTP/SAVPF` … */
  readonly protocol: string;
  /** As in the m= line: payload types, or formats of another kind. */
  readonly formats: readonly string[];
  readonly codecs: readonly Codec[];
  readonly direction: Direction;
  readonly crypto: readonly CryptoAttribute[];
  /** `sha-256 AB:CD…`; `""` where absent. RFC 8122 §5 */
  readonly fingerprint: string;
  /** Who begins the handshake: `active`, `passive` or `actpass`; `""` where absent. RFC 5763 §5 */
  readonly setup: string;
  /** True where ICE credentials are there. RFC 8839 §5.4 */
  readonly ice: boolean;
  /** The user fragment of those; `""` where absent. */
  readonly iceUfrag: string;
  /** True where no connectivity checks are sent, only answered. RFC 8839 §5.3 */
  readonly iceLite: boolean;
  /** Where ICE may find this side. RFC 8839 §5.1 */
  readonly candidates: readonly IceCandidate[];
  /** True where RTP and RTCP may share a port. RFC 5761 §5.1.1 */
  readonly rtcpMux: boolean;
  readonly address: string;
  readonly addressFamily?: AddressFamily;
  /** That of the c= line and those of the candidates. RFC 8839 §5.1 */
  readonly families: readonly AddressFamily[];
}

/** An a=candidate line. RFC 8839 §5.1 */
export interface IceCandidate {
  /** 1 for RTP, and for RTCP that shares its port. */
  readonly component: number;
  /** `udp` or `tcp`. */
  readonly transport: string;
  /** A name in place of an address hides it. */
  readonly address: string;
  readonly port: number;
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly type: string;
}

/** A codec of an RTP stream. */
export interface Codec {
  readonly payloadType: number;
  /** As in rtpmap, or by the table of static payload types; `""` where nothing says it. RFC 3551 §6 */
  readonly name: string;
  /** Clock rate in Hz; 0 where nothing says it. */
  readonly clockRate: number;
  readonly channels: number;
  readonly formatParameters?: string;
}

/** An a=crypto line, without its key. RFC 4568 §9.1 */
export interface CryptoAttribute {
  readonly tag: string;
  readonly suite: string;
}

const read: WeakMap<SipMessage, SessionDescription> = new WeakMap();

/** Those read last by their text: proxies pass them on as they are, and they come again in retransmissions. */
const recent: RecentMap<string, SessionDescription> = new RecentMap(128);
const MOST_REMEMBERED = 4096;

/** The session description in the body of a message, also inside a multipart one; read once. RFC 3261 §13.2.1, RFC 5621 §4 */
export function sessionDescription(message: SipMessage): SessionDescription | undefined {
  const known = read.get(message);
  if (known !== undefined) return known;
  const part = partText(message, "application/sdp");
  if (part === undefined) return undefined;
  const description = recent.get(part.text) ?? parseSessionDescription(part.text);
  if (part.text.length <= MOST_REMEMBERED) recent.set(part.text, description);
  read.set(message, description);
  return description;
}

/** True where a message carries an offer or an answer. */
export function hasDescription(message: SipMessage): boolean {
  return sessionDescription(message) !== undefined;
}

/** The m= line. RFC 8866 §5.14 */
export function mediaLine({ kind, port, protocol, formats }: MediaDescription): string {
  return `m=${kind} ${port} ${protocol} ${formats.join(" ")}`;
}
