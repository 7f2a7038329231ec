import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACK,
  ALICE,
  ascii,
  ethernet,
  FIN,
  type FrameBytes,
  ipv4,
  observe,
  PROXY,
  sip,
  SYN,
  tcp,
  u16,
  u32,
} from "./bytes.fixture.ts";

const REGISTER = sip("REGISTER sip:example.test SIP/2.0");
const INVITE = sip("INVITE sip:b@example.test SIP/2.0", "v=0\r\n".repeat(40));
const OK = sip("SIP/2.0 200 OK");
const UPGRADE = "GET /sip HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
const SIP_PROTOCOL = "Sec-WebSocket-Protocol: sip\r\n";
const ASKED = ascii(`${UPGRADE}${SIP_PROTOCOL}\r\n`);
const SWITCHED = ascii(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n${SIP_PROTOCOL}\r\n`);
const KEY = [0xa1, 0x00, 0xff, 0x37];
const TEXT = 0x81;
const PART = 0x01;
const CONTINUED = 0x00;
const LAST = 0x80;
const PING = 0x89;
const CLOSE = 0x88;

interface WebSocketFrame {
  first?: number;
  masked?: boolean;
}

function frame(text: string, { first = TEXT, masked = false }: WebSocketFrame = {}): number[] {
  const payload = ascii(text);
  const { length } = payload;
  const mask = masked ? 0x80 : 0;
  const announced =
    length < 126 ? [mask | length] : length < 65_536 ? [mask | 126, ...u16(length)] : [mask | 127, ...u32(0, length)];
  if (!masked) return [first, ...announced, ...payload];
  return [first, ...announced, ...KEY, ...payload.map((byte, i) => byte ^ KEY[i % 4])];
}

/** A connection of which these bytes go from the client, in segments that end at `cuts`. */
function client(bytes: number[], cuts: readonly number[] = [], { fromStart = true } = {}): FrameBytes[] {
  const frames = fromStart ? [segment(1000, [], SYN)] : [];
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted((a, b) => a - b);
  let at = 0;
  for (const end of ends) {
    frames.push(segment(1001 + at, bytes.slice(at, end)));
    at = end;
  }
  return frames;
}

function segment(sequence: number, bytes: number[], flags = ACK): FrameBytes {
  return { bytes: ethernet(ipv4(tcp(sequence, bytes, { flags }), { protocol: 6 })) };
}

function fromServer(sequence: number, bytes: number[]): FrameBytes {
  const sides = { source: PROXY, destination: ALICE, protocol: 6 };
  return { bytes: ethernet(ipv4(tcp(sequence, bytes, { back: true }), sides)) };
}

describe("SIP over WebSocket", () => {
  test("is read in both directions after the upgrade, masked and not", () => {
    const asked = client([...ASKED, ...frame(REGISTER, { masked: true }), ...frame(INVITE, { masked: true })]);
    const { texts, packets, incidents } = observe([...asked, fromServer(1, [...SWITCHED, ...frame(OK)])]);
    expect(texts).toEqual([REGISTER, INVITE, OK]);
    expect(packets.map(({ transport, source }) => `${transport} ${source.text}`)).toEqual([
      "ws 10.9.0.10:40000",
      "ws 10.9.0.10:40000",
      "ws 10.9.0.20:5060",
    ]);
    expect(incidents).toEqual([]);
  });

  test("gives the same messages however the bytes are cut into segments", () => {
    const bytes = [
      ...ascii("GET /favicon.ico HTTP/1.1\r\n\r\n"),
      ...ASKED,
      ...frame(REGISTER, { masked: true }),
      ...frame(INVITE.slice(0, 100), { first: PART, masked: true }),
      ...frame("are you there", { first: PING, masked: true }),
      ...frame(INVITE.slice(100, 130), { first: CONTINUED }),
      ...frame(INVITE.slice(130), { first: LAST, masked: true }),
      ...frame(OK),
    ];
    const cuts = fc.uniqueArray(fc.integer({ min: 28, max: bytes.length }), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (list) => {
        expect(observe(client(bytes, [28, ...list])).texts).toEqual([REGISTER, INVITE, OK]);
      }),
    );
    const each = Array.from(ASKED, (_, i) => i);
    expect(observe(client([...ASKED, ...frame(OK, { masked: true })], each)).texts).toEqual([OK]);
  });

  test("a message is complete in the frame that has its last byte", () => {
    const { packets } = observe(client([...ASKED, ...frame(OK, { masked: true })], [ASKED.length, ASKED.length + 30]));
    expect(packets.map(({ frame: number }) => number)).toEqual([4]);
  });

  test("is picked up where the capture begins after the handshake, at the first segment that begins with a message", () => {
    const bytes = [
      ...frame(REGISTER, { masked: true }).slice(40),
      ...frame(INVITE, { masked: true }),
      ...frame(OK, { masked: true }),
    ];
    const second = frame(REGISTER, { masked: true }).length - 40;
    const { texts, packets } = observe(client(bytes, [second], { fromStart: false }));
    expect(texts).toEqual([INVITE, OK]);
    expect(packets[0].transport).toBe("ws");
  });

  test("goes on after a hole; what the hole cut is emitted as cut", () => {
    const first = [...ASKED, ...frame(INVITE, { masked: true })];
    const rest = frame(OK, { masked: true });
    const frames = client([...first, ...rest], [first.length - 50, first.length - 10, first.length]);
    frames.splice(2, 1);
    const { packets, texts } = observe(frames);
    expect(packets.map(({ cut }) => cut)).toEqual([true, false]);
    expect(INVITE.startsWith(texts[0])).toBe(true);
    expect(texts[1]).toBe(OK);
  });

  test("empty lines that keep the connection alive are no message", () => {
    expect(observe(client([...ASKED, ...frame("\r\n\r\n"), ...frame(""), ...frame(`\r\n${OK}`)])).texts).toEqual([OK]);
  });

  test("a broken start line counts where the subprotocol is SIP, and only there", () => {
    const broken = sip("INVITE sip:a SIP2.0");
    expect(observe(client([...ASKED, ...frame(broken)])).texts).toEqual([broken]);
    expect(observe(client([...ascii(`${UPGRADE}\r\n`), ...frame(broken), ...frame(OK)])).texts).toEqual([OK]);
  });

  test("a message that was not complete when the connection closed is cut", () => {
    const bytes = [...ASKED, ...frame(INVITE)].slice(0, -10);
    const fin = segment(1001 + bytes.length, [], FIN | ACK);
    expect(observe([...client(bytes), fin]).packets).toMatchObject([{ cut: true }]);
  });

  test("who sends the close frame closes the connection, whoever sends the first FIN after it", () => {
    const closing = client([
      ...ASKED,
      ...frame(REGISTER, { masked: true }),
      ...frame("", { first: CLOSE, masked: true }),
    ]);
    const { events } = observe([...closing, segment(9000, [], FIN | ACK)]);
    expect(events).toMatchObject([{ kind: "connection-closed", by: "websocket-close", frame: closing.length }]);
  });

  test("nothing is read after a close frame", () => {
    expect(observe(client([...ASKED, ...frame(OK), ...frame("", { first: CLOSE }), ...frame(OK)])).texts).toEqual([OK]);
  });
});

describe("a WebSocket", () => {
  test("whose messages are compressed is told, and the others are read", () => {
    const { texts, incidents } = observe(client([...ASKED, ...frame("compressed", { first: 0xc1 }), ...frame(OK)]));
    expect(texts).toEqual([OK]);
    expect(incidents).toMatchObject([{ kind: "websocket-compressed", count: 1, frame: 2 }]);
  });

  test("whose handshake was refused carries no messages, and the connection may be used for another try", () => {
    const refused = ascii("HTTP/1.1 401 Unauthorized\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\n..");
    const frames = [fromServer(1, refused), fromServer(1 + refused.length, [...SWITCHED, ...frame(OK)])];
    expect(observe(frames).texts).toEqual([OK]);
  });

  test("for SIP that an HTTP answer refuses is told with that answer and what was asked for, without its query", () => {
    const asked = ascii(`${UPGRADE}${SIP_PROTOCOL}\r\n`.replace("/sip", "/sip?token=secret"));
    const refused = ascii("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n..");
    const { events } = observe([...client(asked), fromServer(500, refused)]);
    expect(events).toMatchObject([
      {
        kind: "websocket-refused",
        answer: "HTTP/1.1 404 Not Found",
        path: "/sip",
        frame: 3,
        source: { text: "10.9.0.20:5060" },
        destination: { address: "10.9.0.10" },
      },
    ]);
  });

  test("that was opened without SIP as its subprotocol is told when it is closed and has carried no SIP", () => {
    const unagreed = ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    const opened = [...client(ASKED), fromServer(500, unagreed)];
    const close = segment(1001 + ASKED.length, [], FIN | ACK);
    const answer = "HTTP/1.1 101 Switching Protocols";
    expect(observe([...opened, close]).events).toMatchObject([{ kind: "websocket-refused", answer, frame: 3 }]);
    expect(observe(opened).events).toEqual([]);
    const used = fromServer(500 + unagreed.length, frame(OK));
    expect(observe([...opened, used, close]).events).toMatchObject([{ kind: "connection-closed" }]);
  });

  test("that was opened, that is asked for credentials or is for no SIP is not told as refused", () => {
    expect(observe([...client(ASKED), fromServer(500, SWITCHED)]).events).toEqual([]);
    const challenged = ascii("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    expect(observe([...client(ASKED), fromServer(500, challenged)]).events).toEqual([]);
    const refused = ascii("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    expect(observe([...client(ascii(`${UPGRADE}\r\n`)), fromServer(500, refused)]).events).toEqual([]);
  });

  test("whose message does not end is not kept beyond the limit", () => {
    const part = frame("x".repeat(60_000), { first: CONTINUED });
    const parts = Array.from({ length: 20 }, () => part);
    const frames = client([...ASKED, ...frame("INVITE sip:a SIP/2.0\r\n", { first: PART })]);
    let sequence = 1001 + ASKED.length + 24;
    for (const bytes of [...parts, frame("", { first: LAST }), frame(OK)]) {
      frames.push(segment(sequence, bytes));
      sequence += bytes.length;
    }
    const { texts, incidents } = observe(frames);
    expect(texts).toEqual([OK]);
    expect(incidents).toMatchObject([{ kind: "limit-reached", values: { limit: "websocket-message-bytes" } }]);
  });

  test("of another protocol is given up", () => {
    const bytes = [
      ...ascii(`${UPGRADE}\r\n`),
      ...frame("y".repeat(40_000)),
      ...frame("y".repeat(40_000)),
      ...frame(OK),
    ];
    expect(observe(client(bytes, [41_000, 70_000, 80_300]))).toMatchObject({ texts: [], incidents: [] });
  });

  test("of any bytes never throws", () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 }),
        fc.boolean(),
        (noise, cuts, framed) => {
          const noisy = [...noise].map((byte, i) => (framed && i % 37 === 0 ? TEXT : byte));
          const { packets } = observe(client([...ASKED, ...frame(OK, { masked: true }), ...noisy], cuts));
          for (const { bytes: buffer, start, end } of packets) expect(end <= buffer.length && start <= end).toBe(true);
          expect(packets.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
