import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ACK,
  ascii,
  ethernet,
  FIN,
  type FrameBytes,
  ipv4,
  observe,
  PROXY,
  ALICE,
  RST,
  sip,
  SYN,
  tcp,
} from "./bytes.fixture.ts";

const INVITE = sip("INVITE sip:b@example.test SIP/2.0", "v=0\r\n".repeat(20));
const BYE = sip("BYE sip:b@example.test SIP/2.0");
const OK = sip("SIP/2.0 200 OK", "SIP/2.0 503 not a start line\r\n");

interface SegmentOptions {
  flags?: number;
  ack?: number;
  back?: boolean;
  id?: number;
  timeMicros?: number;
}

function segment(sequence: number, data: string | number[], options: SegmentOptions = {}): FrameBytes {
  const { back = false, id = 0, timeMicros } = options;
  const payload = tcp(sequence >>> 0, typeof data === "string" ? ascii(data) : data, options);
  const sides = back ? { source: PROXY, destination: ALICE } : {};
  return { bytes: ethernet(ipv4(payload, { protocol: 6, id, ...sides })), timeMicros };
}

/** A stream from its SYN on, in segments of these sizes, the last of them taking the rest. */
function segments(text: string, sizes: readonly number[], initial = 1000): FrameBytes[] {
  const frames = [segment(initial, "", { flags: SYN })];
  let at = 0;
  for (const size of [...sizes, text.length]) {
    if (at >= text.length) break;
    frames.push(segment(initial + 1 + at, text.slice(at, at + size)));
    at += size;
  }
  return frames;
}

describe("framing", () => {
  test("several messages in one segment are told apart, without a copy", () => {
    const { texts, packets } = observe(segments(INVITE + BYE + OK, []));
    expect(texts).toEqual([INVITE, BYE, OK]);
    expect(new Set(packets.map((packet) => packet.bytes.buffer)).size).toBe(1);
    expect(packets[0]).toMatchObject({
      transport: "tcp",
      frame: 2,
      source: { port: 40_000 },
      destination: { port: 5060 },
    });
  });

  test("any segmentation gives the same messages", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, (list) => {
        const { texts } = observe(segments(`${INVITE}\r\n\r\n${OK}${BYE}`, list));
        expect(texts).toEqual([INVITE, OK, BYE]);
      }),
    );
  });

  test("byte by byte, the frame is the one of the last byte", () => {
    const { packets, texts } = observe(
      segments(
        BYE,
        Array.from(BYE, () => 1),
      ),
    );
    expect(texts).toEqual([BYE]);
    expect(packets[0].frame).toBe(BYE.length + 1);
  });

  test.each([
    ["compact", "l:3"],
    ["in capitals", "CONTENT-LENGTH : 3"],
    ["folded", "Content-Length:\r\n 3"],
  ])("Content-Length %s", (_, field) => {
    const message = `MESSAGE sip:b SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nCSeq: 1 MESSAGE\r\n${field}\r\n\r\nabc`;
    expect(observe(segments(message + BYE, [])).texts).toEqual([message, BYE]);
  });

  test("without Content-Length there is no body, unless a Content-Type announces one", () => {
    const bare = "ACK sip:b SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nCSeq: 1 ACK\r\n\r\n";
    const typed =
      "ACK sip:b SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nCSeq: 1 ACK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n";
    expect(observe(segments(bare + BYE + typed + BYE, [])).texts).toEqual([bare, BYE, typed, BYE]);
  });

  test("a broken start line in a SIP stream is emitted, noise is skipped", () => {
    const broken = sip("INVITE sip:a SIP2.0");
    expect(observe(segments(`${BYE}${broken}noise noise\r\n${OK}`, [])).texts).toEqual([BYE, broken, OK]);
  });

  test("a body that does not end is not waited for", () => {
    const long = BYE.replace("Content-Length: 0", "Content-Length: 99999999");
    const body = "a".repeat(30_000);
    const { packets, incidents } = observe(segments(long + body.repeat(40) + "\r\n" + OK, Array(60).fill(30_000)));
    expect(packets.map((packet) => packet.cut)).toEqual([true, false]);
    expect(incidents).toMatchObject([{ kind: "limit-reached", values: { limit: "sip-body-bytes" } }]);
  });

  test("a header that does not end is not waited for", () => {
    const fields = "X: y\r\n".repeat(12_000);
    const { incidents } = observe(segments(`BYE sip:b SIP/2.0\r\n${fields}`, [30_000, 30_000]));
    expect(incidents).toMatchObject([{ kind: "limit-reached", values: { limit: "sip-header-bytes" } }]);
  });
});

describe("a body that is announced longer than it is", () => {
  const announcing = (length: number, type = "Content-Type: application/sdp\r\n"): string =>
    sip("INVITE sip:b@example.test SIP/2.0", "v=0\r\n".repeat(20), type).replace(
      /Content-Length: \d+/,
      `Content-Length: ${length}`,
    );
  const long = announcing(120);
  const apart = (first: string, second: string, after: number): FrameBytes[] => [
    segment(1000, "", { flags: SYN, timeMicros: 0 }),
    segment(1001, first, { timeMicros: 0 }),
    segment(1001 + first.length, second, { timeMicros: after }),
  ];

  test("ends where the next message begins, which shows it", () => {
    const { texts, packets, events } = observe(apart(long, BYE + OK, 1_000_000));
    expect(texts).toEqual([long, BYE, OK]);
    expect(packets).toMatchObject([{ frame: 2, timeMicros: 0, cut: false }, { frame: 3 }, { frame: 3 }]);
    expect(events).toMatchObject([{ kind: "connection-misframed", frame: 2, timeMicros: 0, announced: 120 }]);
  });

  test.each([5_000, 120_120_120, Number.MAX_SAFE_INTEGER])(
    "and which holds several messages, likewise, in any segmentation: %d",
    (octets) => {
      const huge = announcing(octets);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 }), (sizes) => {
          const { texts, events } = observe(segments(huge + BYE + OK, sizes));
          expect(texts).toEqual([huge, BYE, OK]);
          expect(events).toMatchObject([{ kind: "connection-misframed", announced: octets }]);
        }),
      );
    },
  );

  test("is told as all that there is when the rest has not come for some seconds", () => {
    const noise = { bytes: ethernet(ipv4([], {})), timeMicros: 5_000_000 };
    const { packets } = observe([...apart(long, "", 0).slice(0, 2), noise]);
    expect(packets).toMatchObject([{ frame: 2, timeMicros: 0, cut: false }]);
    const late = segment(1001 + long.length, BYE, { timeMicros: 6_000_000 });
    const { texts, events } = observe([...apart(long, "", 0).slice(0, 2), noise, late]);
    expect(texts).toEqual([long, BYE]);
    expect(events).toMatchObject([{ kind: "connection-misframed", frame: 2, timeMicros: 0, announced: 120 }]);
    const rest = segment(1001 + long.length, "v=0\r\n".repeat(4) + BYE, { timeMicros: 6_000_000 });
    expect(observe([...apart(long, "", 0).slice(0, 2), noise, rest]).events).toEqual([]);
    const acknowledged = segment(500, "", { back: true, ack: 1001 + long.length + 10, timeMicros: 200_000 });
    expect(observe([...apart(long, "", 0).slice(0, 2), acknowledged, noise]).packets).toMatchObject([{ cut: true }]);
  });

  test("is not one that ends where it says, whatever it quotes", () => {
    const text = sip("MESSAGE sip:b@example.test SIP/2.0", BYE, "Content-Type: text/plain\r\n");
    const swallowed = BYE.slice(0, 60);
    const sdp = "Content-Type: application/sdp\r\n";
    const passedOn = sip("INVITE sip:b@example.test SIP/2.0", `v=0\r\n${swallowed}`, sdp);
    expect(observe(segments(passedOn, [])).texts).toEqual([passedOn]);
    for (const whole of [text, sip("MESSAGE sip:b@example.test SIP/2.0", "abc")]) {
      const { texts, events } = observe(segments(whole + BYE, []));
      expect(texts).toEqual([whole, BYE]);
      expect(events).toEqual([]);
    }
  });

  test("shorter than it is shows that as well", () => {
    const { texts, events } = observe(segments(announcing(95) + BYE, []));
    expect(texts).toEqual([announcing(95), BYE]);
    expect(events).toMatchObject([{ kind: "connection-misframed", announced: 95 }]);
  });
});

describe("reassembly", () => {
  test("segments in any order, some of them twice, give the same messages", () => {
    const frames = segments(INVITE + OK + BYE, [100, 150, 90, 100]);
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], { minLength: 10 });
    fc.assert(
      fc.property(order, (indexes) => {
        const { texts, incidents } = observe([frames[0], ...indexes.map((index) => frames[index])]);
        expect(texts).toEqual([INVITE, OK, BYE]);
        expect(incidents).toEqual([]);
      }),
    );
  });

  test("sequence numbers wrap around", () => {
    expect(observe(segments(INVITE + BYE, [100, 100], 0xffffff80)).texts).toEqual([INVITE, BYE]);
  });

  test("overlapping segments are read once", () => {
    const frames = segments(INVITE, [100]);
    const overlap = segment(1001 + 50, INVITE.slice(50, 150));
    expect(observe([...frames.slice(0, 2), overlap, frames[2]]).texts).toEqual([INVITE]);
  });

  test("a capture that begins in the middle of a message reads on from the next", () => {
    const middle = (INVITE + BYE + OK).slice(60);
    expect(observe([segment(5000, middle)]).texts).toEqual([BYE, OK]);
    expect(observe([segment(5000, BYE)]).texts).toEqual([BYE]);
  });

  test("what is left of a body that is longer than its message says is shown with it", () => {
    const tooShort = INVITE.replace(/Content-Length: \d+/, "Content-Length: 95");
    const last = "v=0\r\n";
    expect(observe(segments(tooShort + BYE, [])).texts).toEqual([tooShort, BYE]);
    expect(observe(segments(tooShort, [])).texts).toEqual([tooShort]);
    expect(observe(segments(INVITE + last.slice(0, 3), [])).texts).toEqual([INVITE]);
    const broken = BYE.replace(" SIP/2.0", " SIP2.0");
    expect(observe(segments(INVITE + broken, [])).texts).toEqual([INVITE, broken]);
  });

  test("segments that the snap length cut show the beginnings of their messages", () => {
    const cutAt = (frame: FrameBytes, length: number): FrameBytes => ({
      ...frame,
      bytes: frame.bytes.slice(0, 14 + 20 + 20 + length),
      originalLength: frame.bytes.length,
    });
    const sent = [segment(1001, INVITE), segment(1001 + INVITE.length, BYE)];
    for (const length of [20, 50, 100]) {
      const { texts, packets } = observe([
        segment(1000, "", { flags: SYN }),
        ...sent.map((each) => cutAt(each, length)),
      ]);
      expect(texts).toEqual([INVITE.slice(0, length), BYE.slice(0, length)]);
      expect(packets.every(({ cut }) => cut)).toBe(true);
    }
  });

  test("the same ports with another SYN are another connection", () => {
    const first = segments(INVITE + BYE, [50]).slice(0, 2);
    const { texts, packets } = observe([...first, ...segments(OK, [], 77_000), segment(900, BYE, { back: true })]);
    expect(texts).toEqual([INVITE.slice(0, 50), OK, BYE]);
    expect(packets.map(({ cut }) => cut)).toEqual([true, false, false]);
  });

  test("a SYN that is sent again changes nothing", () => {
    const [syn, ...rest] = segments(INVITE, [50]);
    expect(observe([syn, rest[0], syn, rest[1]]).texts).toEqual([INVITE]);
  });

  test("both directions are read apart", () => {
    const { packets } = observe([...segments(INVITE, []), segment(1, OK, { back: true })]);
    expect(packets.map((packet) => packet.source.text)).toEqual(["10.9.0.10:40000", "10.9.0.20:5060"]);
  });

  test("a segment captured twice is counted, one sent twice is not", () => {
    const syn = segment(1000, "", { flags: SYN });
    const data = (id: number, timeMicros: number): FrameBytes => segment(1001, BYE, { id, timeMicros });
    expect(observe([syn, data(5, 10), data(5, 60)]).incidents).toMatchObject([
      { kind: "packets-duplicated", frame: 3 },
    ]);
    expect(observe([syn, data(5, 10), data(6, 60)]).incidents).toEqual([]);
    expect(observe([syn, data(5, 10), data(5, 300_000)]).incidents).toEqual([]);
  });
});

describe("holes", () => {
  const text = INVITE + BYE + OK;
  const [syn, first, , third] = segments(text, [100, 50]);

  test("at the end, what is missing is skipped, counted, and messages are read after it", () => {
    const { texts, incidents } = observe([syn, first, third]);
    expect(texts.slice(-2)).toEqual([BYE, OK]);
    expect(incidents).toEqual([{ kind: "packets-missing", capture: 0, count: 1, frame: 3, values: { bytes: 50 } }]);
  });

  test("a message whose body is in the hole is emitted as cut", () => {
    const header = INVITE.indexOf("v=0");
    const frames = segments(text, [header + 10, 40]);
    const { packets, texts } = observe([frames[0], frames[1], frames[3]]);
    expect(packets.map((packet) => packet.cut)).toEqual([true, false, false]);
    expect(texts[0]).toBe(INVITE.slice(0, header + 10));
  });

  test("after some seconds it is not waited for any longer, whichever flow goes on", () => {
    const other = { bytes: ethernet(ipv4([])), timeMicros: 20_000_000 };
    const late = segment(1101, text.slice(100, 150), { timeMicros: 21_000_000 });
    const { texts, packets } = observe([syn, first, third, other, late]);
    expect(texts.slice(-2)).toEqual([BYE, OK]);
    expect(packets.at(-1)!.frame).toBe(3);
  });

  test("what the receiver acknowledged is not waited for", () => {
    const later = 1_500_000;
    const acknowledged = segment(1, "", { back: true, ack: 1001 + text.length, timeMicros: later });
    const filler = segment(1101, text.slice(100, 150), { timeMicros: later + 1 });
    const { texts, incidents } = observe([syn, first, third, acknowledged, filler]);
    expect(texts.slice(-2)).toEqual([BYE, OK]);
    expect(incidents).toMatchObject([{ kind: "packets-missing" }]);
  });

  test("a segment cut by the snap length is a hole of known size", () => {
    const cut = segment(1001, INVITE);
    const frames = [{ ...cut, bytes: cut.bytes.slice(0, 200) }, segment(1001 + INVITE.length, BYE)];
    const { packets } = observe([syn, ...frames]);
    expect(packets.map((packet) => packet.cut)).toEqual([true, false]);
  });

  test("a status line inside a body is no message", () => {
    const sipfrag = sip("NOTIFY sip:b SIP/2.0", "SIP/2.0 200 OK\r\n");
    const tail = sipfrag.slice(-30) + BYE;
    expect(observe([segment(1, tail)]).texts).toEqual([BYE]);
  });
});

describe("the end", () => {
  test("a message that is not complete when its sender closes the connection is all that was sent", () => {
    const frames = segments(INVITE.slice(0, -10), []);
    const fin = segment(1001 + INVITE.length - 10, "", { flags: FIN | ACK });
    expect(observe([...frames, fin]).packets).toMatchObject([{ cut: false }]);
    expect(observe(frames).packets).toMatchObject([{ cut: true }]);
    const lost = segment(1001 + INVITE.length, "", { flags: FIN | ACK });
    expect(observe([...frames, lost]).packets).toMatchObject([{ cut: true }]);
  });

  test("a reset is told; it is a refusal if it answers a SYN", () => {
    const syn = segment(1000, "", { flags: SYN });
    const rst = segment(0, "", { flags: RST | ACK, ack: 1001, back: true });
    const { events } = observe([syn, rst]);
    expect(events).toMatchObject([
      { kind: "connection-reset", refused: true, frame: 2, source: { text: "10.9.0.20:5060" } },
    ]);
    const established = [syn, segment(500, "", { flags: SYN | ACK, ack: 1001, back: true }), rst];
    expect(observe(established).events).toMatchObject([{ refused: false, frame: 3 }]);
  });

  test("the first side to close a connection that carried SIP is told, and only that", () => {
    const answered = segment(500, OK, { back: true });
    const fins = [
      segment(500 + OK.length, "", { flags: FIN | ACK, back: true }),
      segment(1001, "", { flags: FIN | ACK }),
    ];
    const { events } = observe([segment(1001 - BYE.length, BYE), answered, ...fins]);
    const sides = { source: { text: "10.9.0.20:5060" }, destination: { address: "10.9.0.10" } };
    expect(events).toMatchObject([{ kind: "connection-closed", by: "fin", frame: 3, ...sides }]);
    expect(observe([segment(1000, "", { flags: SYN }), segment(1001, "GET / HTTP/1.1\r\n"), ...fins]).events).toEqual(
      [],
    );
  });
});

describe("what is sent again", () => {
  const sent = (timeMicros: number, id: number, text = BYE, sequence = 1001): FrameBytes =>
    segment(sequence, text, { timeMicros, id });

  test("for the third time and more is told, as nothing acknowledged it", () => {
    const times = [0, 200_000, 600_000, 1_400_000, 3_000_000];
    const { events } = observe(times.map((at, index) => sent(at, index + 1)));
    const again = { kind: "connection-unacknowledged", source: { port: 40_000 }, bytes: BYE.length };
    expect(events).toMatchObject([
      { ...again, times: 3, frame: 4, afterMicros: 1_400_000 },
      { ...again, times: 4, frame: 5, timeMicros: 3_000_000, afterMicros: 3_000_000 },
    ]);
  });

  test("is told neither where two taps saw it, nor of probes of an idle connection, nor where other bytes follow", () => {
    const twice = [0, 200_000, 600_000].flatMap((at, index) => [sent(at, index + 1), sent(at + 40, index + 1)]);
    expect(observe(twice).events).toEqual([]);
    const probes = [1, 2, 3, 4].map((n) => sent(n * 75_000_000, n, "\n", 1000 + BYE.length));
    expect(observe([sent(0, 9), ...probes]).events).toEqual([]);
    const lossy = [0, 1, 2, 3].flatMap((n) => {
      const own = (at: number, id: number): FrameBytes => sent(n * 1e6 + at, id, BYE, 1001 + n * BYE.length);
      return [own(0, n * 3 + 1), own(200_000, n * 3 + 2), own(600_000, n * 3 + 3)];
    });
    expect(observe(lossy).events).toEqual([]);
  });
});

describe("a SYN", () => {
  const syn = (timeMicros: number): FrameBytes => segment(1000, "", { flags: SYN, timeMicros });
  const answer = segment(500, "", { flags: SYN | ACK, ack: 1001, back: true, timeMicros: 10 });

  test("to which nothing has come when it is sent for the third time is told, once", () => {
    const { events } = observe([syn(0), syn(1_000_000), syn(3_000_000), syn(7_000_000)]);
    expect(events).toMatchObject([
      { kind: "connection-unanswered", frame: 3, destination: { text: "10.9.0.20:5060" } },
    ]);
  });

  /** A router quotes as much as this of what it could not deliver. RFC 792 */
  const icmp = (quoted: FrameBytes, code: number, length = 8): FrameBytes => ({
    bytes: ethernet(
      ipv4([3, code, 0, 0, 0, 0, 0, 0, ...quoted.bytes.slice(14, 14 + 20 + length)], {
        protocol: 1,
        destination: ALICE,
      }),
    ),
    timeMicros: 20,
  });

  test("that cannot be delivered opens no connection, and is not told as unanswered as well", () => {
    const { events } = observe([syn(0), icmp(syn(0), 3), syn(1_000_000), icmp(syn(0), 3, 40), syn(3_000_000)]);
    const undelivered = { kind: "icmp-unreachable", reason: "port", opens: "tcp", destination: { port: 5060 } };
    expect(events).toMatchObject([undelivered, undelivered]);
    const later = segment(1001, OK);
    expect(observe([syn(0), answer, later, icmp(later, 1)]).events).toMatchObject([{ opens: undefined }]);
    expect(observe([icmp(later, 1)]).events).toMatchObject([{ opens: undefined }]);
  });

  test("that is answered after all is told again", () => {
    const late = { ...answer, timeMicros: 3_000_010 };
    const opened = { kind: "connection-opened", source: { port: 40_000 }, destination: { port: 5060 } };
    const times = [syn(0), syn(1_000_000), syn(3_000_000)];
    expect(observe([...times, late, late]).events).toMatchObject([{ kind: "connection-unanswered" }, opened]);
    expect(observe([syn(0), icmp(syn(0), 1), late]).events).toMatchObject([{ kind: "icmp-unreachable" }, opened]);
  });

  test("that was answered is not, nor one that got lost once", () => {
    expect(observe([syn(0), answer, syn(3_000_000)]).events).toEqual([]);
    expect(observe([syn(0), syn(1_000_000)]).events).toEqual([]);
  });
});

describe("a receiver that has no room", () => {
  /** Its window is bytes 14 and 15 of the segment. */
  const full = (seconds: number, window = 0): FrameBytes => {
    const { bytes } = segment(500, "", { ack: 1001 + BYE.length, back: true });
    const at = 14 + 20 + 14;
    return {
      bytes: [...bytes.slice(0, at), window >> 8, window & 255, ...bytes.slice(at + 2)],
      timeMicros: seconds * 1e6,
    };
  };
  const sent = [segment(1000, "", { flags: SYN }), segment(1001, BYE)];

  test("for some seconds is told, each time that it says so", () => {
    const { events } = observe([...sent, full(1), full(2), full(6), full(14)]);
    const stalled = { kind: "connection-stalled", source: { text: "10.9.0.20:5060" }, destination: { port: 40_000 } };
    expect(events).toMatchObject([
      { ...stalled, frame: 5, afterMicros: 5_000_000 },
      { ...stalled, frame: 6, afterMicros: 13_000_000 },
    ]);
  });

  test("and has some again is not told, nor one of a connection without SIP", () => {
    const more = segment(1001 + BYE.length, BYE, { timeMicros: 2_000_000 });
    expect(observe([...sent, full(1), full(2, 500), more, full(3), full(5)]).events).toEqual([]);
    expect(observe([segment(1001, "GET / HTTP/1.1\r\n"), full(1), full(9)]).events).toEqual([]);
  });
});

describe("who is spoken to in SIP", () => {
  const open = [segment(1000, "", { flags: SYN }), segment(500, "", { flags: SYN | ACK, ack: 1001, back: true })];
  const said = (text: string): FrameBytes => segment(501, text, { back: true });

  test("and answers in something else is told, with its first line", () => {
    const { events } = observe([...open, segment(1001, BYE), said("HTTP/1.1 400 Bad Request\r\n\r\n<html>")]);
    const sides = { source: { text: "10.9.0.20:5060" }, destination: { port: 40_000 } };
    expect(events).toMatchObject([{ kind: "foreign-answer", answer: "HTTP/1.1 400 Bad Request", frame: 4, ...sides }]);
  });

  test("and had said something else before is told as well, once there is SIP", () => {
    const banner = said("220 mail.example.test ESMTP\r\n");
    expect(observe([...open, banner]).events).toEqual([]);
    expect(observe([...open, banner, segment(1001, BYE)]).events).toMatchObject([{ kind: "foreign-answer", frame: 3 }]);
  });

  test("and answers in SIP, or with empty lines, is not, nor one that is heard from the middle on", () => {
    for (const answer of [OK, "\r\n\r\n", "SIP/2.0 ", "SI"])
      expect(observe([...open, segment(1001, BYE), said(answer)]).events).toEqual([]);
    expect(observe([segment(1001, BYE), said("of a body, and so on\r\n")]).events).toEqual([]);
  });
});

describe("other protocols", () => {
  const hello = [22, 3, 1, 0, 80, ...Array.from({ length: 80 }, () => 1)];

  test("TLS is counted once per connection", () => {
    const { packets, incidents } = observe([
      segment(1000, "", { flags: SYN }),
      segment(1001, hello),
      segment(1086, hello),
      segment(1, hello, { back: true }),
    ]);
    expect(packets).toEqual([]);
    expect(incidents).toEqual([{ kind: "encrypted", capture: 0, count: 1, frame: 2, values: { reason: "no-keys" } }]);
  });

  test("a stream without SIP is given up, and what is missing from it is no news", () => {
    const page = `HTTP/1.1 200 OK\r\n\r\n${"<p>text</p>\r\n".repeat(6000)}`;
    const frames = segments(
      page,
      Array.from({ length: 60 }, () => 1400),
    );
    frames.splice(56, 1);
    expect(observe(frames)).toMatchObject({ packets: [], incidents: [] });
  });

  test("random streams never throw", () => {
    const data = fc.record({
      sequence: fc.integer({ min: 0, max: 400 }),
      bytes: fc.uint8Array({ maxLength: 60 }),
      flags: fc.constantFrom(ACK, ACK, ACK, SYN, FIN | ACK, RST, SYN | ACK),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(data, { maxLength: 20 }), (list) => {
        const frames = list.map(({ sequence, bytes, flags, back }) => segment(sequence, [...bytes], { flags, back }));
        const resets = list.filter(({ flags }) => flags === RST);
        expect(observe(frames).events).toHaveLength(resets.length);
      }),
      { numRuns: 300 },
    );
  });
});
