import { type MessageIndex, PLACE, RESPONSE } from "../network/messageIndex.ts";
import type { Endpoint, Packet } from "../network/packet.ts";
import { indexMessage, MOST_NUMBERS } from "./indexMessage.ts";
import { type SipMessage, SipRequest, SipResponse } from "./message.ts";

const CHUNK = 1 << 14;
/** The numbers of many messages share one array, so a message costs no allocation for them. */
let numbers: Int32Array = new Int32Array(0);
let used = 0;

/** Reads a message; `undefined` only where it is no SIP at all. What is wrong with it is found by its `anomalies`. */
export function parseMessage(packet: Packet): SipMessage | undefined {
  const index = packet.index ?? indexOf(packet);
  if (index === undefined) return undefined;
  const isResponse = (index.numbers[index.at + PLACE.flags] & RESPONSE) !== 0;
  return isResponse ? new SipResponse(packet, index) : new SipRequest(packet, index);
}

function indexOf({ bytes, start, end, cut }: Packet): MessageIndex | undefined {
  if (used + MOST_NUMBERS > numbers.length) {
    numbers = new Int32Array(CHUNK);
    used = 0;
  }
  if (!indexMessage(bytes, start, end, numbers, used, cut)) return undefined;
  const index = { numbers, at: used };
  used += numbers[used + PLACE.size];
  return index;
}

/** A packet around the bytes of one message, as if sent over UDP between two unspecified addresses. */
export function barePacket(bytes: Uint8Array): Packet {
  return {
    capture: 0,
    frame: 1,
    timeMicros: 0,
    transport: "udp",
    source: NOWHERE,
    destination: NOWHERE,
    bytes,
    start: 0,
    end: bytes.length,
    ipId: -1,
    fragments: 1,
    cut: false,
  };
}

const NOWHERE: Endpoint = { address: "0.0.0.0", port: 0, text: "0.0.0.0:0", host: "0.0.0.0" };
