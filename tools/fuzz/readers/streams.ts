import { ascii, ethernet, FIN, ipv4, SYN, tcp, u16, u32 } from "../../../packages/core/src/network/bytes.fixture.ts";
import { messageTexts } from "../corpus.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { joined, mutated, textMutations } from "../mutate.ts";
import type { Random } from "../random.ts";
import { readNetwork } from "./captures.ts";

/** Byte streams: SIP over TCP and in WebSocket, in segments of any size, lost, doubled and out of order. */
export function streamReader(): FuzzReader {
  const messages = messageTexts();
  const kept: Uint8Array[] = [];
  return {
    name: "stream",
    extension: ".pcap",
    allowedMillis: (bytes) => 300 + bytes / 50,
    next(random) {
      if (kept.length > 0 && random.isOneIn(3)) return mutated(random.pick(kept), random, kept, textMutations);
      const content = random.isOneIn(2) ? overTcp(messages, random) : inWebSocket(messages, random);
      return captureOf(segmentsOf(content, random));
    },
    keep: (input) => void kept.push(input),
    run: readNetwork,
  };
}

function overTcp(messages: readonly Uint8Array[], random: Random): Uint8Array {
  const several = Array.from({ length: random.few(4) }, () => random.pick(messages));
  return mutated(joined(...several), random, messages, textMutations);
}

const UPGRADE =
  "GET /sip HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n";
/** Text, binary, continued, close, ping, pong, with and without the end of a message. RFC 6455 §5.2 */
const FIRST_OCTETS = [0x81, 0x81, 0x81, 0x82, 0x01, 0x00, 0x80, 0x88, 0x89, 0x8a, 0xc1];

function inWebSocket(messages: readonly Uint8Array[], random: Random): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from(ascii(UPGRADE))];
  for (let left = random.few(6); left > 0; left--) {
    const message = random.pick(messages);
    const payload = random.isOneIn(2) ? message : mutated(message, random, messages, textMutations);
    parts.push(webSocketFrame(payload.subarray(0, 60_000), random));
  }
  const whole = joined(...parts);
  return random.isOneIn(2) ? whole : mutated(whole, random, messages, textMutations);
}

function webSocketFrame(payload: Uint8Array, random: Random): Uint8Array {
  const { length } = payload;
  const isMasked = random.isOneIn(2);
  const mask = isMasked ? 0x80 : 0;
  const announced = length < 126 && !random.isOneIn(8) ? [mask | length] : [mask | 126, ...u16(length)];
  const first = random.pick(FIRST_OCTETS);
  if (!isMasked) return joined(Uint8Array.from([first, ...announced]), payload);
  const key = u32(random.below(0xffffffff));
  return joined(
    Uint8Array.from([first, ...announced, ...key]),
    payload.map((octet, index) => octet ^ key[index & 3]),
  );
}

/** The stream in segments, of which some come twice, late, never or with other numbers. */
function segmentsOf(content: Uint8Array, random: Random): number[][] {
  const segments: number[][] = random.isOneIn(4) ? [] : [tcp(999, [], { flags: SYN })];
  const longest = random.pick([1, 10, 200, 1400, 60_000]);
  for (let at = 0; at < content.length && segments.length < 400;) {
    const end = Math.min(content.length, at + 1 + random.below(longest));
    const shift = random.isOneIn(50) ? random.between(-20, 20) : 0;
    const segment = tcp((1000 + at + shift) >>> 0, [...content.subarray(at, end)], { back: random.isOneIn(60) });
    if (!random.isOneIn(40)) segments.push(segment);
    if (random.isOneIn(40)) segments.push(segment);
    at = end;
  }
  if (random.isOneIn(3)) segments.push(tcp((1000 + content.length) >>> 0, [], { flags: FIN }));
  for (let left = random.below(4); left > 0 && segments.length > 1; left--) {
    const [moved] = segments.splice(random.below(segments.length), 1);
    segments.splice(random.below(segments.length + 1), 0, moved);
  }
  return segments;
}

const HEADER: Uint8Array = Uint8Array.from(u32(0xd4c3b2a1, 0x02000400, 0, 0, 0x00000400, 0x01000000));

function captureOf(segments: readonly (readonly number[])[]): Uint8Array {
  const records = segments.map((segment, index) => {
    const frame = ethernet(ipv4([...segment], { protocol: 6, id: index + 1 }));
    const record = new Uint8Array(16 + frame.length);
    const view = new DataView(record.buffer);
    view.setUint32(0, 1_800_000_000 + Math.floor(index / 100), true);
    view.setUint32(4, (index % 100) * 10_000, true);
    view.setUint32(8, frame.length, true);
    view.setUint32(12, frame.length, true);
    record.set(frame, 16);
    return record;
  });
  return joined(HEADER, ...records);
}
