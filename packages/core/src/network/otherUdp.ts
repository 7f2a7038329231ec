import { uint16 } from "../bytes/integers.ts";
import type { Datagram } from "./datagram.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { isStun, STUN_ATTRIBUTE, STUN_TYPE, stunAttribute, stunLength } from "./stun.ts";

/** Counts a UDP datagram, whose header is at `datagram.offset`, that carries something else than SIP, and follows what media is made of. */
export function countOtherUdp(datagram: Datagram, layers: NetworkLayers): void {
  const { bytes, offset, end } = datagram;
  const { others } = layers.counts;
  const start = offset + 8;
  const media = pushMedia(datagram, start, end, layers);
  if (media !== undefined) {
    others[media]++;
    if (media === "stun") pushIndicated(datagram, start, layers);
  } else if (isChannelData(bytes, start, end)) {
    others.stun++;
    pushMedia(datagram, start + 4, start + 4 + uint16(bytes, start + 2), layers);
  } else if (isDns(uint16(bytes, offset)) || isDns(uint16(bytes, offset + 2))) others.dns++;
  else if (isUdptl(bytes, start, end)) {
    others.udptl++;
    layers.rtp.pushUdptl(datagram, start);
  } else others["other-udp"]++;
}

/** Follows what is at `bytes[start, end)` of the datagram, by itself or relayed, where it is of media; undefined where not. */
function pushMedia(
  datagram: Datagram,
  start: number,
  end: number,
  { rtp, checks, dtls }: NetworkLayers,
): "rtp" | "rtcp" | "stun" | "dtls" | undefined {
  const { bytes } = datagram;
  if (isRtpOrRtcp(bytes, start, end)) {
    if (isRtcp(bytes, start)) return "rtcp";
    rtp.push(datagram, start);
    return "rtp";
  }
  if (isStun(bytes, start, end)) {
    checks.push(datagram, start, end);
    return "stun";
  }
  if (isDtls(bytes, start, end)) {
    dtls.push(datagram, start, end);
    return "dtls";
  }
  return isSealedAlert(bytes, start, end) && dtls.pushSealedAlert(datagram) ? "dtls" : undefined;
}

/** RFC 7983 §7 */
function isRtpOrRtcp(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] >= 0x80 && bytes[start] <= 0xbf && end - start >= 8;
}

/** By its packet type. RFC 5761 §4 */
function isRtcp(bytes: Uint8Array, start: number): boolean {
  const type = bytes[start + 1];
  return type >= 192 && type <= 223;
}

/** One's complement of 1. RFC 6347 */
export const DTLS_MAJOR = 0xfe;

function isDtls(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] >= 20 && bytes[start] <= 63 && bytes[start + 1] === DTLS_MAJOR && end - start >= 13;
}

/**
 * An alert that is encrypted as of DTLS 1.3, alone in its datagram: nothing else is so short. Level, description, type and tag, after a header that
 * has no connection id and says its length. RFC 9147 §4
 */
function isSealedAlert(bytes: Uint8Array, start: number, end: number): boolean {
  if ((bytes[start] & 0xf4) !== 0x24) return false;
  const length = start + ((bytes[start] & 0x08) === 0 ? 2 : 3);
  return uint16(bytes, length) === SEALED_ALERT_BYTES && length + 2 + SEALED_ALERT_BYTES === end;
}

const SEALED_ALERT_BYTES = 19;

/** A channel number, and as many bytes as it says, of which the last may be padding. RFC 8656 §12.4 */
function isChannelData(bytes: Uint8Array, start: number, end: number): boolean {
  if ((bytes[start] & 0xf0) !== 0x40) return false;
  const padding = end - start - 4 - uint16(bytes, start + 2);
  return padding >= 0 && padding <= 3 && isMedia(bytes, start + 4, end - padding);
}

function isMedia(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    isRtpOrRtcp(bytes, start, end) ||
    isStun(bytes, start, end) ||
    isDtls(bytes, start, end) ||
    isSealedAlert(bytes, start, end)
  );
}

/** What a TURN server is asked to relay, or has relayed, is followed as if it went between client and server. RFC 8656 §11 */
function pushIndicated(datagram: Datagram, start: number, layers: NetworkLayers): void {
  const { bytes, end } = datagram;
  const type = uint16(bytes, start);
  if (type !== STUN_TYPE.sendIndication && type !== STUN_TYPE.dataIndication) return;
  const data = stunAttribute(bytes, start, end, STUN_ATTRIBUTE.data);
  if (data >= 0) pushMedia(datagram, data, data + stunLength(bytes, data), layers);
}

/**
 * A packet of fax: a sequence number, one message of T.38 behind its length, and which kind of earlier or parity packets follow against loss. ITU-T
 * T.38
 */
function isUdptl(bytes: Uint8Array, start: number, end: number): boolean {
  const isLong = bytes[start + 2] >= 0x80;
  const length = isLong ? uint16(bytes, start + 2) & 0x3fff : bytes[start + 2];
  const recovery = start + (isLong ? 4 : 3) + length;
  return length > 0 && recovery + 1 < end && (bytes[recovery] === REDUNDANCY || bytes[recovery] === PARITY);
}

const REDUNDANCY = 0x00;
const PARITY = 0x80;

/** DNS, and multicast DNS. */
function isDns(port: number): boolean {
  return port === 53 || port === 5353;
}
