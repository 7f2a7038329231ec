import { CR, LF } from "../bytes/ascii.ts";
import { uint16 } from "../bytes/integers.ts";
import { isHep2 } from "../capture/hep.ts";
import type { Datagram } from "./datagram.ts";
import { destinationEndpoint, sourceEndpoint } from "./endpoint.ts";
import { decodeHep } from "./hep.ts";
import type { NetworkLayers } from "./networkLayers.ts";
import { countOtherUdp } from "./otherUdp.ts";
import { hasSipFields, isSipStart } from "./sipStart.ts";
import { decodeUdpTunnel } from "./udpTunnels.ts";

const LETTER_H = 0x48;

/** Reads the payload of a datagram; what it holds is told by content, never by port alone. RFC 768 */
export function decodeUdp(datagram: Datagram, layers: NetworkLayers): void {
  layers.counts.layers.udp++;
  const { bytes, offset } = datagram;
  const start = offset + 8;
  if (start >= datagram.end) {
    layers.counts.others["empty-udp"]++;
    return;
  }
  const first = bytes[start];
  if (isBinary(first)) {
    if (decodeUdpTunnel(datagram, layers)) return;
    const isHep = first <= 2 && isHep2(bytes, start, datagram.end);
    if (!isHep || !decodeHep(datagram, start, datagram.end, layers)) countOtherUdp(datagram, layers);
    return;
  }
  // A tunnel whose first byte happens to be a character.
  if (isBinary(bytes[start + 1]) && decodeUdpTunnel(datagram, layers)) return;
  const length = uint16(bytes, offset + 4);
  let end = datagram.end;
  if (length >= 8 && offset + length <= end) {
    end = offset + length;
    datagram.missing = 0;
  } else if (length >= 8) datagram.missing = offset + length - end;
  if (first === LETTER_H && decodeHep(datagram, start, end, layers)) return;
  if (decodeSip(datagram, start, end, layers)) return;
  if (!decodeUdpTunnel(datagram, layers)) countOtherUdp(datagram, layers);
}

/** As RTP and RTCP, which start with 10 in the highest bits, and STUN, with 00 (RFC 7983 §7): the bulk of a capture. */
function isBinary(byte: number): boolean {
  return byte > 0x7e || (byte < 0x20 && byte !== CR && byte !== LF);
}

/**
 * The payload `bytes[start, end)` as SIP; false if it is something else. Empty lines before the start line are ignored, and one datagram is one
 * message. RFC 3261 §7.5, §18.3
 */
function decodeSip(datagram: Datagram, payload: number, end: number, layers: NetworkLayers): boolean {
  const { bytes, offset, frame } = datagram;
  let start = payload;
  while (start < end && (bytes[start] === CR || bytes[start] === LF)) start++;
  if (start === end) {
    layers.counts.others["keep-alive"]++;
    layers.onKeepAlive(sourceEndpoint(datagram, uint16(bytes, offset)), frame.timeMicros);
    return true;
  }
  const cut = datagram.missing > 0;
  const isStart = isSipStart(bytes, start, end, cut);
  if (!isStart && !hasSipFields(bytes, start, end)) return false;
  const source = sourceEndpoint(datagram, uint16(bytes, offset));
  const destination = destinationEndpoint(datagram, uint16(bytes, offset + 2));
  if (!isStart && !layers.pairs.has(source, destination)) return false;
  if (!layers.pairs.add(source, destination)) {
    layers.tally.count("limit-reached", frame.number, { limit: "sip-endpoint-pairs" });
  }
  layers.onPacket({
    capture: frame.capture,
    frame: frame.number,
    timeMicros: frame.timeMicros,
    transport: "udp",
    source,
    destination,
    bytes,
    start,
    end,
    ipId: datagram.ipId,
    fragments: datagram.fragments,
    cut,
    // As packets that were kept: of one shape with them.
    untimed: undefined,
    index: undefined,
  });
  return true;
}
