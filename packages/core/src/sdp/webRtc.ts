import type { MediaDescription, SessionDescription } from "./sessionDescription.ts";

/** What a browser needs and does not find. */
export interface WebRtcGap {
  /** The attribute that is missing or has no valid value: `a=fingerprint`. */
  readonly lacks: string;
  /** Its line, where there is one; `""` where it is missing. */
  readonly line: string;
}

/** A hash function and octets in hexadecimal. Those in lower case, which RFC 8122 §5 does not allow, do no harm. */
const FINGERPRINT = /^\S+ [0-9a-f]{2}(?::[0-9a-f]{2})+$/iu;

/**
 * Why a browser takes nothing of this description, if it does not. Looks at the first stream in use, as others may share what that has
 * (RFC 9143 §7.1.3); the profile in its m= line is no reason. RFC 8829 §5.1.2, §5.8.3
 */
export function webRtcGap({ media }: SessionDescription): WebRtcGap | undefined {
  const first = media.find(({ port }) => port !== 0);
  if (first === undefined) return undefined;
  const { fingerprint, ice, rtcpMux } = first;
  if (!FINGERPRINT.test(fingerprint))
    return { lacks: "a=fingerprint", line: fingerprint === "" ? "" : `a=fingerprint:${fingerprint}` };
  if (!ice) return { lacks: "a=ice-ufrag", line: "" };
  return rtcpMux ? undefined : { lacks: "a=rtcp-mux", line: "" };
}

/** True for what a browser offers or answers. RFC 8827 §6.5, RFC 8829 §5.1.2 */
export function isWebRtc(description: SessionDescription): boolean {
  return description.media.some(isSecured) && webRtcGap(description) === undefined;
}

function isSecured({ protocol }: MediaDescription): boolean {
  return protocol.toUpperCase().startsWith("UDP/TLS/");
}
