import { brokenLogs } from "./brokenLogs.ts";
import { CaptureBuilder, CLIENT, SERVER, sip, SYN } from "./captureBuilder.ts";

/** The worst that one part of the engine can be given: an input of `size`, in whatever that part counts. */
export interface GrowthCase {
  readonly name: string;
  /** What is measured first; then four times as much. */
  readonly size: number;
  /** Reaching it is part of the case: `limit-reached` must tell this one in the larger input. */
  readonly limit?: string;
  /** What is read: a whole capture, unless it says otherwise. */
  readonly reads?: "message" | "sdp";
  make(size: number): Uint8Array;
}

export const growthCases: readonly GrowthCase[] = [
  // Files.
  { name: "pcap: records without bytes", size: 5000, make: (size) => capture(size, (file) => file.add(NOTHING)) },
  {
    name: "pcapng: interfaces",
    size: 20_000,
    limit: "pcapng-interfaces",
    make: (size) => pcapng(size, interfaceBlock),
  },
  { name: "pcapng: sections", size: 5000, make: (size) => pcapng(size, () => [...section(), ...interfaceBlock()]) },
  {
    name: "pcapng: blocks of no known type",
    size: 5000,
    make: (size) => pcapng(size, () => block(0x0bad, [1, 2, 3, 4])),
  },
  { name: "HEP: packets of many chunks", size: 10, make: (size) => repeated(size, hepPacket(9000)) },
  { name: "HEP: packets without a payload", size: 2000, make: (size) => repeated(size, hepPacket(2)) },
  { name: "text: start lines and nothing else", size: 1000, make: text("INVITE sip:bob@example.test SIP/2.0\r\n") },
  { name: "text: one line", size: 100000, limit: "trace-line-bytes", make: (size) => ascii("x".repeat(size)) },
  {
    name: "text: one line of one message",
    size: 100000,
    make: (size) => ascii(sip("INVITE", { fields: `X: ${"y".repeat(size)}\r\n` })),
  },
  {
    name: "text: a header that never ends",
    size: 2000,
    make: (size) => ascii(sip("INVITE", { fields: "X-Any: value\r\n".repeat(size) })),
  },
  {
    name: "text: a body that never ends",
    size: 2000,
    make: (size) => ascii(`${sip("MESSAGE").replace("Length: 0", "Length: 999999999")}${"line\r\n".repeat(size)}`),
  },
  {
    name: "text: lines of a log between messages",
    size: 2000,
    make: text("2026-11-28 12:00:00.000 [INFO] something: else\n"),
  },
  { name: "text: markers without messages", size: 1000, make: text("U 10.0.0.1:5060 -> 10.0.0.2:5060\n\n") },
  { name: "text: a dump that never ends", size: 1000, make: (size) => ascii(dump(size)) },
  {
    name: "text: line ends escaped in one line",
    size: 1000,
    make: (size) =>
      ascii(
        `Nov 28 12:00:00 host: ${sip("INVITE", { fields: "X: y\r\n".repeat(size) }).replaceAll("\r\n", "#015#012")}\n`,
      ),
  },
  ...Object.entries(brokenLogs).map(([name, make]) => ({
    name: `text: ${name}`,
    size: 8,
    make: (kilobytes: number) => ascii(make(kilobytes)),
  })),
  { name: "text: carriage returns", size: 5000, make: text("\rx") },
  { name: "text: entities", size: 2000, make: text("&lt;&amp;gt;") },
  { name: "text: quotes of quotes", size: 5000, make: text("> > > >") },
  { name: "text: escapes of a terminal", size: 20_000, make: text("\x1b[1m\x1b") },

  // Network.
  {
    name: "IP: datagrams whose fragments never complete",
    size: 1500,
    limit: "pending-datagrams",
    make: (size) => capture(size, (file, i) => fragment(file, { id: i, at: 0, source: i >> 16 })),
  },
  {
    name: "IP: fragments from the last to the first",
    size: 1000,
    make: (size) => capture(size, (file, i) => fragment(file, { id: 0, at: 8 * (8000 - (i % 8000)), source: i >> 13 })),
  },
  {
    name: "IP: overlapping fragments",
    size: 1000,
    make: (size) => capture(size, (file, i) => fragment(file, { id: 0, at: 8 * (i % 7), source: 0 })),
  },
  {
    name: "TCP: segments behind a hole",
    size: 1000,
    limit: "tcp-pending-segments",
    make: (size) =>
      capture(size, (file, i) =>
        file.tcp(i === 0 ? "" : "OPTIONS", { sequence: i === 0 ? 0 : 100 + 20 * i, flags: i === 0 ? SYN : 16 }),
      ),
  },
  {
    name: "TCP: segments in reverse order",
    size: 1000,
    make: (size) =>
      capture(size, (file, i) =>
        file.tcp(i === 0 ? "" : "OPTIONS", { sequence: i === 0 ? 0 : 1e6 - 20 * i, flags: i === 0 ? SYN : 16 }),
      ),
  },
  {
    name: "TCP: holes in many connections",
    size: 1100,
    make: (size) =>
      capture(size, (file, i) => {
        for (const sequence of [0, 100])
          file.tcp(sequence === 0 ? "" : "OPTIONS", { sequence, flags: sequence === 0 ? SYN : 16, from: CLIENT + i });
      }),
  },
  {
    name: "TCP: a byte in each segment",
    size: 500,
    make: (size) => trickle(sip("INVITE", { fields: "X-Any: value\r\n".repeat(size >> 4) })),
  },
  {
    name: "TCP: a byte in each segment, and no line end",
    size: 1000,
    make: (size) => trickle(`${sip("OPTIONS")}${"x".repeat(size)}`),
  },
  {
    name: "TCP: a header that never ends",
    size: 20000,
    limit: "sip-header-bytes",
    make: (size) => stream(`INVITE sip:bob@example.test SIP/2.0\r\n${"X-Any: value\r\n".repeat(size)}`),
  },
  {
    name: "TCP: messages that do not say how long they are",
    size: 500,
    make: (size) =>
      stream(
        sip("MESSAGE", { fields: "Content-Type: text/plain\r\n", body: "a\r\nb\r\n" })
          .replace(/Content-Length: \d+\r\n/, "")
          .repeat(size),
      ),
  },
  {
    name: "TCP: HEP, a byte in each segment",
    size: 500,
    make: (size) => trickle(Buffer.from(hepPacket(size)).toString("latin1")),
  },
  {
    name: "TCP: connections that begin and end",
    size: 1000,
    make: (size) =>
      capture(size, (file, i) => {
        file.tcp("", { sequence: 0, flags: SYN, from: CLIENT + i });
        file.tcp("", { sequence: 1, flags: 4, from: CLIENT + i });
      }),
  },
  {
    name: "ICMP: errors about everything",
    size: 500,
    make: (size) =>
      capture(size, (file, i) => {
        file.udp(sip("OPTIONS", { callId: String(i), branch: String(i) }), { to: SERVER + i });
        unreachable(file, SERVER + i);
      }),
  },

  // Messages.
  ...[
    "v: SIP/2.0/UDP h;branch=z9hG4bKx\r\n",
    "X-Any: y\r\n",
    "Subject: a\r\n b\r\n",
    "Contact: <sip:a@b>\r\n",
    "Route: <sip:a;lr>\r\n",
    'Warning: 399 a "b"\r\n',
  ].map((line) => ({
    name: `message: a header of ${JSON.stringify(line)}`,
    size: 200,
    reads: "message" as const,
    make: (size: number) => bytesOf(sip("INVITE", { fields: line.repeat(size) })),
  })),
  ...[
    ";a=b",
    ";a",
    ",",
    ",<sip:a@b>",
    '"',
    "<",
    '<"',
    "\\",
    '"\\',
    "(",
    "%",
    ":",
    "@",
    "?a=b&",
    " ",
    "\t",
    "1",
    "sip:",
    "[",
    "=",
    "a=",
  ].map((piece) => ({
    name: `message: values of ${JSON.stringify(piece)}`,
    size: 300,
    reads: "message" as const,
    make: (size: number) => bytesOf(sip("INVITE", { fields: fieldsOf(piece.repeat(size)) })),
  })),
  {
    name: "message: a Request-URI that fills it",
    size: 2000,
    make: (size) => stream(sip("INVITE", { uri: `sip:${"a%40;x=y?".repeat(size >> 3)}@b` })),
  },
  {
    name: "message: parts in parts of a body",
    size: 100,
    make: (size) => capture(1, (file) => file.udp(nested(size))),
  },
  {
    name: "message: parts side by side",
    size: 200,
    make: (size) =>
      stream(
        sip("INVITE", {
          fields: "Content-Type: multipart/mixed;boundary=x\r\n",
          body: "--x\r\nContent-Type: a/b\r\n\r\nc\r\n".repeat(size),
        }),
      ),
  },
  { name: "SDP: streams and codecs, against a call that worked", size: 12, make: (size) => offers(size) },
  {
    name: "SDP: attributes of the session, and streams",
    size: 200,
    reads: "sdp",
    make: (size) =>
      bytesOf(`${SDP}a=sendonly\r\n${"a=x:y\r\n".repeat(size)}${"m=audio 9 RTP/AVP 0\r\n".repeat(size / 8)}`),
  },

  // Calls.
  ...["INVITE", "REGISTER", "NOTIFY", "REFER", "BYE"].map((method) => ({
    name: `calls: new Call-IDs of ${method}, and nothing ends`,
    size: 200,
    make: (size: number) =>
      capture(size, (file, i) =>
        file.udp(sip(method, { callId: `c${i}`, branch: String(i), fields: REFER }), { from: CLIENT + i }),
      ),
  })),
  {
    name: "calls: new Call-IDs between the same two sides",
    size: 200,
    make: (size) =>
      capture(size, (file, i) => file.udp(sip("INVITE", { callId: `c${i}`, branch: String(i), body: SDP }))),
  },
  {
    name: "calls: all refused",
    size: 150,
    make: (size) =>
      capture(size, (file, i) => {
        refused(file, { callId: `c${i}`, branch: String(i) });
      }),
  },
  {
    name: "calls: REGISTERs that wait at one SBC, and what it sends on of them",
    size: 200,
    make: (size) => capture(size, (file, i) => registersAtSbc(file, i, (each) => `user${each}`)),
  },
  {
    name: "calls: REGISTERs of one user that wait at one SBC, and what it sends on of them",
    size: 200,
    make: (size) => capture(size, (file, i) => registersAtSbc(file, i, () => "alice")),
  },
  {
    name: "calls: a registration that an SBC sends on, refused again and again",
    size: 100,
    make: (size) =>
      capture(size, (file, i) => {
        const one = { branch: String(i), cseq: `${i} REGISTER` };
        file.udp(sip("REGISTER", { ...one, callId: "phone" }));
        file.udp(sip("REGISTER", { ...one, callId: "trunk" }), ONWARD);
        file.udp(sip("SIP/2.0 404 Not Found", { ...one, callId: "trunk", toTag: "2" }), FROM_REGISTRAR);
        file.udp(sip("SIP/2.0 404 Not Found", { ...one, callId: "phone", toTag: "2" }), BACK);
      }),
  },
  {
    name: "calls: legs that name each other",
    size: 200,
    make: (size) =>
      capture(size, (file, i) =>
        file.udp(sip("INVITE", { callId: `c${i}`, branch: String(i), fields: `X-CID: c${i - 1}\r\n` })),
      ),
  },
  {
    name: "calls: legs that name the next one",
    size: 200,
    make: (size) =>
      capture(size, (file, i) =>
        file.udp(sip("INVITE", { callId: `c${i}`, branch: String(i), fields: `X-CID: c${i + 1}\r\n` })),
      ),
  },
  {
    name: "calls: legs of one session that all end",
    limit: "legs-per-call",
    size: 150,
    make: (size) =>
      capture(size, (file, i) => {
        const one = {
          callId: `c${i}`,
          branch: String(i),
          fields: "Session-ID: 0123456789abcdef0123456789abcdef;remote=00000000000000000000000000000000\r\n",
        };
        file.udp(sip("INVITE", one));
        file.udp(sip("BYE", { ...one, toTag: "2", cseq: "2 BYE" }));
      }),
  },
  {
    name: "calls: REFERs to one target, and INVITEs to it",
    size: 150,
    make: (size) =>
      capture(size, (file, i) => {
        const one = { callId: `c${i}`, branch: String(i) };
        file.udp(
          sip(i % 2 === 0 ? "REFER" : "INVITE", {
            ...one,
            fields: "Refer-To: <sip:carol@example.test>\r\nReferred-By: <sip:dave@example.test>\r\n",
            uri: "sip:carol@example.test",
          }),
        );
      }),
  },

  // One Call-ID.
  {
    name: "one Call-ID: INVITEs with other branches",
    size: 300,
    make: (size) => oneCall(size, (i) => sip("INVITE", { branch: String(i), cseq: `${i} INVITE` })),
  },
  {
    name: "one Call-ID: INVITEs with one branch",
    size: 300,
    make: (size) => oneCall(size, (i) => sip("INVITE", { cseq: `${i} INVITE` })),
  },
  { name: "one Call-ID: one INVITE from many sides", size: 200, make: (size) => oneCall(size, () => sip("INVITE")) },
  {
    name: "one Call-ID: one INVITE again and again",
    size: 300,
    make: (size) =>
      capture(size, (file, i) => {
        file.timeMicros += 1e6;
        file.udp(sip("INVITE"), { id: i + 1 });
      }),
  },
  {
    name: "one Call-ID: each INVITE below all before",
    size: 150,
    make: (size) =>
      oneCall(size, (i) =>
        sip("INVITE", {
          branch: String(i),
          fields: Array.from(
            { length: Math.min(i, 60) },
            (_, k) => `Via: SIP/2.0/UDP h;branch=z9hG4bK${i - 1 - k}\r\n`,
          ).join(""),
        }),
      ),
  },
  {
    name: "one Call-ID: all responses",
    size: 300,
    make: (size) =>
      oneCall(size, (i) =>
        sip(`SIP/2.0 ${180 + (i % 400)} x`, { branch: String(i), toTag: String(i), cseq: `${i} INVITE` }),
      ),
  },
  {
    name: "one Call-ID: answers of a fork",
    size: 300,
    make: (size) => oneCall(size, (i) => (i === 0 ? sip("INVITE") : sip("SIP/2.0 200 OK", { toTag: String(i) })), true),
  },
  { name: "one Call-ID: challenges", size: 100, make: (size) => challenged(size) },
  {
    name: "one Call-ID: REGISTERs",
    size: 150,
    make: (size) =>
      capture(size, (file, i) => {
        const one = { branch: String(i), cseq: `${i} REGISTER` };
        file.udp(sip("REGISTER", { ...one, fields: "Contact: <sip:a@10.0.0.1>;expires=60\r\n" }));
        file.udp(
          sip("SIP/2.0 200 OK", { ...one, toTag: "2", fields: "Contact: <sip:a@10.0.0.1>;expires=60\r\n" }),
          BACK,
        );
      }),
  },
  {
    name: "one Call-ID: REFERs and NOTIFYs",
    size: 150,
    make: (size) =>
      capture(size, (file, i) => {
        if (i === 0) answered(file);
        file.udp(sip("REFER", { branch: `r${i}`, cseq: `${2 * i + 2} REFER`, toTag: "2", fields: REFER }));
        file.udp(
          sip("NOTIFY", { branch: `n${i}`, cseq: `${i + 1} NOTIFY`, toTag: "2", fields: "Event: refer\r\n" }),
          BACK,
        );
      }),
  },
  {
    name: "one Call-ID: requests in a dialog",
    size: 200,
    make: (size) =>
      capture(size, (file, i) => {
        if (i === 0) answered(file);
        file.udp(sip("INFO", { branch: `i${i}`, cseq: `${i + 2} INFO`, toTag: "2" }));
      }),
  },
];

const NOTHING = new Uint8Array(0);
const BACK = { from: SERVER, to: CLIENT };
const ONWARD = { from: SERVER, to: SERVER + 1 };
const FROM_REGISTRAR = { from: SERVER + 1, to: SERVER };
const REFER = "Refer-To: <sip:carol@example.test>\r\n";
const SDP = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

function capture(size: number, add: (file: CaptureBuilder, index: number) => void): Uint8Array {
  const file = new CaptureBuilder();
  for (let i = 0; i < size; i++) add(file, i);
  return file.bytes;
}

function text(piece: string): (size: number) => Uint8Array {
  return (size) => ascii(piece.repeat(size));
}

function ascii(characters: string): Uint8Array {
  return bytesOf(characters.padEnd(64, "\n"));
}

function repeated(size: number, piece: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat(Array.from({ length: size }, () => piece)));
}

function block(type: number, body: readonly number[]): number[] {
  const length = 12 + body.length;
  return [...little(type), ...little(length), ...body, ...little(length)];
}

function section(): number[] {
  return block(0x0a0d0d0a, [...little(0x1a2b3c4d), 1, 0, 0, 0, ...Array.from({ length: 8 }, () => 0xff)]);
}

function interfaceBlock(): number[] {
  return block(1, [101, 0, 0, 0, ...little(0)]);
}

function little(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function pcapng(size: number, piece: () => number[]): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(section()), repeated(size, Uint8Array.from(piece()))]));
}

/** Without a payload; no longer than its length can say. */
function hepPacket(chunks: number): Uint8Array {
  const bytes = Buffer.alloc(6 + 6 * Math.min(chunks, 10_000));
  bytes.write("HEP3");
  bytes.writeUInt16BE(bytes.length, 4);
  for (let i = 0; 12 + 6 * i <= bytes.length; i++) bytes.set([0, 0, 0, 0x21, 0, 6], 6 + 6 * i);
  return bytes;
}

function dump(lines: number): string {
  const line = (at: number): string =>
    `\t0x${(at & 0xffff).toString(16).padStart(4, "0")}:  ${"4500 ".repeat(8)} ................\n`;
  return Array.from({ length: lines }, (_, index) => line(16 * index)).join("");
}

function fragment(file: CaptureBuilder, { id, at, source }: { id: number; at: number; source: number }): void {
  file.ip(17, Buffer.alloc(8, 0x41), { id, from: CLIENT + source, flags: 0x2000 | (at >> 3) });
}

/** All of it over one connection, in segments as large as they come. */
function stream(characters: string): Uint8Array {
  return segments(characters, 1400);
}

function trickle(characters: string): Uint8Array {
  return segments(characters, 1);
}

function segments(characters: string, length: number): Uint8Array {
  const bytes = Buffer.from(characters, "latin1");
  return capture(1 + Math.ceil(bytes.length / length), (file, i) => {
    if (i === 0) return file.tcp("", { sequence: 0, flags: SYN });
    const at = (i - 1) * length;
    file.tcp(bytes.subarray(at, at + length), { sequence: 1 + at, id: i });
  });
}

function unreachable(file: CaptureBuilder, to: number): void {
  const quoted = Buffer.alloc(28);
  quoted.writeUInt8(0x45, 0);
  quoted.writeUInt16BE(500, 2);
  quoted.writeUInt8(17, 9);
  quoted.writeUInt32BE(CLIENT, 12);
  quoted.writeUInt32BE(to, 16);
  quoted.writeUInt16BE(5060, 20);
  quoted.writeUInt16BE(5060, 22);
  file.ip(1, Buffer.concat([Buffer.from([3, 3, 0, 0, 0, 0, 0, 0]), quoted]), { from: to, to: CLIENT });
}

function bytesOf(characters: string): Uint8Array {
  return new Uint8Array(Buffer.from(characters, "latin1"));
}

function fieldsOf(value: string): string {
  const names = [
    "Contact",
    "Warning",
    "Authorization",
    "Retry-After",
    "Identity",
    "X-Any",
    "Allow",
    "Timestamp",
    "Date",
  ];
  return names.map((name) => `${name}: ${value}\r\n`).join("");
}

function nested(depth: number): string {
  let body = "x";
  let type = "a/b";
  for (let i = 0; i < depth; i++) {
    body = `--b${i}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n--b${i}--\r\n`;
    type = `multipart/mixed;boundary=b${i}`;
  }
  return sip("INVITE", { fields: `Content-Type: ${type}\r\n`, body });
}

/** An offer that was taken, and then one that was refused: every stream is compared with every other, every codec with every other. */
function offers(size: number): Uint8Array {
  const types = (first: number): string => Array.from({ length: size }, (_, i) => first + (i % 100)).join(" ");
  const body = (first: number): string => SDP + `m=audio 4000 RTP/AVP ${types(first)}\r\n`.repeat(size);
  const sdp = "Content-Type: application/sdp\r\n";
  return capture(2, (file, i) => {
    const one = { callId: `c${i}`, branch: String(i) };
    file.udp(sip("INVITE", { ...one, fields: sdp, body: body(i * 100) }));
    if (i === 0) file.udp(sip("SIP/2.0 200 OK", { ...one, toTag: "2", fields: sdp, body: body(0) }), BACK);
    else file.udp(sip("SIP/2.0 488 Not Acceptable Here", { ...one, toTag: "2" }), BACK);
  });
}

function refused(file: CaptureBuilder, one: { callId: string; branch: string }): void {
  file.udp(sip("INVITE", one));
  file.udp(sip("SIP/2.0 486 Busy Here", { ...one, toTag: "2" }), BACK);
  file.udp(sip("ACK", { ...one, toTag: "2", cseq: "1 ACK" }));
}

/** The SBC sends each on when some others have come meanwhile. */
function registersAtSbc(file: CaptureBuilder, i: number, userOf: (index: number) => string): void {
  const register = (side: string, index: number): string =>
    sip("REGISTER", { callId: `${side}${index}`, branch: `${side}${index}` }).replaceAll(/alice|bob/gu, userOf(index));
  file.udp(register("phone", i), { from: CLIENT + 1000 + i });
  if (i >= BEHIND) file.udp(register("trunk", i - BEHIND), ONWARD);
}
const BEHIND = 50;

function answered(file: CaptureBuilder): void {
  file.udp(sip("INVITE"));
  file.udp(sip("SIP/2.0 200 OK", { toTag: "2" }), BACK);
}

function oneCall(size: number, message: (index: number) => string, back: boolean = false): Uint8Array {
  return capture(size, (file, i) =>
    file.udp(message(i), back && i > 0 ? BACK : { from: CLIENT + 1000 + i, to: SERVER }),
  );
}

function challenged(size: number): Uint8Array {
  return capture(size, (file, i) => {
    const one = { branch: String(i), cseq: `${i} INVITE` };
    const credentials =
      i === 0 ? "" : `Authorization: Digest username="a",realm="r",nonce="${i}",uri="sip:b",response="0"\r\n`;
    file.udp(sip("INVITE", { ...one, fields: credentials }));
    file.udp(
      sip("SIP/2.0 401 Unauthorized", {
        ...one,
        toTag: "2",
        fields: `WWW-Authenticate: Digest realm="r",nonce="${i + 1}"\r\n`,
      }),
      BACK,
    );
  });
}
