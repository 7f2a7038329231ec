import * as fc from "fast-check";
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Packet } from "../../network/packet.ts";
import { call, fixture, folder, linesOf, logOf, ofCallee, ofCore, read, sides, text } from "../../../test/readTrace.ts";

/** Fixture, format, the messages it was made from, and whether it says both sides of each. */
const wholeTraces: readonly (readonly [string, string, readonly Packet[], "both" | "inferred"])[] = [
  ["sngrep.txt", "sngrep", call, "both"],
  ["ngrep-byline.txt", "ngrep", call, "both"],
  ["ngrep-without-time.txt", "ngrep", call, "both"],
  ["ngrep.txt", "ngrep", call, "both"],
  ["ngrep-x.txt", "ngrep", call, "both"],
  ["ngrep-single.txt", "ngrep", call, "both"],
  ["ngrep-none.txt", "ngrep", call, "both"],
  ["sipgrep.txt", "ngrep", call, "both"],
  ["tcpdump-A.txt", "tcpdump", call, "both"],
  ["tcpdump-t-A.txt", "tcpdump", call, "both"],
  ["tcpdump-v.txt", "tcpdump", call, "both"],
  ["tcpdump-v-A.txt", "tcpdump", call, "both"],
  ["tcpdump-X.txt", "tcpdump", call, "both"],
  ["tcpdump-xx.txt", "tcpdump", call, "both"],
  ["tshark-V.txt", "tshark", call, "both"],
  ["homer-export.txt", "homer", call, "both"],
  ["page-with-entities.txt", "ngrep", call, "both"],
  ["follow-stream.txt", "follow-stream", call.filter((packet) => sides(packet).includes("10.9.0.10")), "both"],
  ["follow-hex.txt", "follow-stream", call.filter((packet) => sides(packet).includes("10.9.0.10")), "both"],
  ["follow-hex-saved.txt", "hex", call.filter((packet) => sides(packet).includes("10.9.0.10")), "inferred"],
  ["follow-raw.txt", "hex", call.filter((packet) => sides(packet).includes("10.9.0.10")), "both"],
  ["oracle-sipmsg.log", "oracle-sipmsg", ofCore, "both"],
  ["asterisk-pjsip-logger.txt", "asterisk-pjsip", ofCore, "inferred"],
  ["asterisk-chan-sip.txt", "asterisk-chan-sip", ofCore, "inferred"],
  ["freeswitch-siptrace.txt", "sofia", ofCore, "inferred"],
  ["cisco-ccsip.txt", "cisco-ccsip", ofCore, "inferred"],
  ["cisco-cucm-sdl.txt", "cisco-cucm-sdl", ofCore, "inferred"],
  ["audiocodes-syslog.txt", "audiocodes", ofCore, "inferred"],
  ["pjsua.log", "pjsip", ofCore, "inferred"],
  ["syslog-escaped.txt", "text", ofCore, "inferred"],
  ["syslog-each-line.txt", "text", ofCore, "inferred"],
  ["asterisk-pjsip-history.txt", "asterisk-pjsip", ofCore, "inferred"],
  ["cisco-cucm-sdl-udp.txt", "cisco-cucm-sdl", ofCore, "inferred"],
  ["ribbon.trc", "ribbon", ofCore, "both"],
  ["avaya-sm.log", "avaya-sm", ofCore, "both"],
  ["avaya-sm-syslog.log", "avaya-sm", ofCore, "both"],
  ["avaya-ip-office.txt", "avaya-ip-office", ofCore, "both"],
  ["avaya-phone.log", "avaya-phone", ofCallee, "inferred"],
  ["avaya-client.log", "avaya-client", ofCallee, "inferred"],
  ["resiprocate.log", "resiprocate", ofCore, "inferred"],
  ["homer-rows.json", "json", call, "both"],
  ["homer-lines.jsonl", "json", call, "both"],
  ["tshark-json.json", "json", call, "both"],
  ["tshark-ek.jsonl", "json", call, "both"],
  ["tshark-json-x.json", "json", call, "both"],
  ["tshark-jsonraw.json", "json", call, "both"],
  ["tshark-pdml.xml", "pdml", call, "both"],
  ["tshark-x.txt", "wireshark", call, "both"],
  ["tshark-fields.tsv", "hex", call, "both"],
  ["newest-first.txt", "sngrep", call, "both"],
  ["tshark-V-x.txt", "tshark", call, "both"],
  ["jssip-console.txt", "websocket-console", ofCallee, "inferred"],
  ["bare-messages-lf.txt", "text", call, "inferred"],
  ["bare-message.txt", "text", call.slice(0, 1), "inferred"],
  ["hexdump-C.txt", "hex", call.slice(0, 1), "inferred"],
  ["xxd.txt", "hex", call.slice(0, 1), "inferred"],
  ["od.txt", "hex", call.slice(0, 1), "inferred"],
  ["c-arrays.c", "hex", call, "both"],
  ["text2pcap-decimal.txt", "hex", call, "both"],
  ["text2pcap-8.txt", "hex", call, "both"],
];

describe("a trace gives the messages byte for byte as they were sent", () => {
  test.for(wholeTraces)("%s", ([name, format, sent, known]) => {
    const { packets, incidents, ...result } = read(fixture(name));
    expect(result).toEqual({ format, frames: sent.length });
    expect(packets.map(text)).toEqual(sent.map(text));
    expect(packets.map(({ cut }) => cut)).not.toContain(true);
    expect(known === "inferred" || packets.every((packet, index) => sides(packet) === sides(sent[index]))).toBe(true);
    expect(incidents.some(({ kind }) => kind === "addresses-inferred")).toBe(known === "inferred");
  });
});

describe("a log that names one side only", () => {
  test.for([
    "asterisk-pjsip-logger.txt",
    "asterisk-chan-sip.txt",
    "freeswitch-siptrace.txt",
    "cisco-cucm-sdl.txt",
    "audiocodes-syslog.txt",
  ])("has the other one inferred, and keeps what it says: %s", (name) => {
    const { packets } = read(fixture(name));
    for (const [index, packet] of packets.entries()) {
      const said = ofCore[index].source.text.startsWith("10.9.0.21") ? "destination" : "source";
      expect(packet[said]).toBe(ofCore[index][said]);
      expect(packet[said === "source" ? "destination" : "source"].inferred).toBe(true);
    }
  });
});

/** Made by real programs of calls that are in no capture. */
const otherTraces: readonly (readonly [string, string, number])[] = [
  ["sipp-uac.log", "sipp", 5],
  ["sipp-uas.log", "sipp", 4],
  ["kamailio-sipdump.txt", "kamailio-sipdump", 9],
  ["baresip-s.txt", "baresip", 4],
  ["linphone.log", "belle-sip", 5],
  ["twinkle.log", "twinkle", 5],
  ["tcpdump-A-ipv6.txt", "tcpdump", 20],
  ["kamailio-xlog.txt", "text", 4],
  ["sofia-siptrace.txt", "sofia", 2],
  ["sipjs-console.txt", "websocket-console", 4],
  ["jssip-node.txt", "websocket-console", 2],
  ["mail-quoted-wrapped.txt", "asterisk-pjsip", 4],
];

test.for(otherTraces)("%s is read as %s with %i messages", ([name, format, messages]) => {
  const { packets, incidents, ...result } = read(fixture(name));
  expect(result).toEqual({ format, frames: messages });
  expect(packets).toHaveLength(messages);
  expect(packets.map(({ cut }) => cut)).not.toContain(true);
  expect(incidents.filter(({ kind }) => kind === "limit-reached")).toEqual([]);
});

/** See damagedLogs.test.ts. */
const cutTrace = "sofia-siptrace-cut.txt";

test("every fixture is tested", () => {
  const others = ["README.md", cutTrace];
  const tested = [...wholeTraces.map(([name]) => name), ...otherTraces.map(([name]) => name), ...others];
  expect(tested.toSorted()).toEqual(readdirSync(folder).toSorted());
});

test("what Twinkle could not send, and answered itself, is no message of its log", () => {
  const { packets } = read(fixture("twinkle.log"));
  expect(packets.map((packet) => text(packet).split("\r\n", 1)[0])).toEqual([
    "INVITE sip:bob@10.9.0.30 SIP/2.0",
    "SIP/2.0 100 Trying",
    "SIP/2.0 180 Ringing",
    "SIP/2.0 486 Busy Here",
    "ACK sip:bob@10.9.0.30 SIP/2.0",
  ]);
  expect(packets[0].timeMicros).toBe(Date.parse("2026-12-01T12:54:10.677Z") * 1000 + 240);
  expect(packets[0].destination.text).toBe("10.9.0.30:5060");
  expect(packets[1].source.text).toBe("10.9.0.30:5060");
});

test("a header line that a mail wrapped is one field again", () => {
  const { packets } = read(fixture("mail-quoted-wrapped.txt"));
  const unfolded = text(packets[0]).replaceAll("\r\n ", " ");
  expect(unfolded).toBe(text(ofCore[0]));
});

test.for([
  ["with the interface", (line: string): string => line.replace(" IP ", " eth0  In  IP ")],
  [
    "with the link layer",
    (line: string): string =>
      line.replace(" IP ", " 02:00:00:00:09:10 > 02:00:00:00:09:20, ethertype IPv4 (0x0800), length 762: "),
  ],
] as const)("what tcpdump prints %s is read the same", ([, change]) => {
  for (const name of ["tcpdump-A.txt", "tcpdump-v-A.txt", "tcpdump-X.txt"]) {
    const { packets } = read(logOf(linesOf(name).split("\n").map(change).join("\n")));
    expect(
      packets.map((packet) => [text(packet), sides(packet), packet.timeMicros]),
      name,
    ).toEqual(read(fixture(name)).packets.map((packet) => [text(packet), sides(packet), packet.timeMicros]));
  }
});

test("times of tcpdump that count from the line before are none", () => {
  const since = linesOf("tcpdump-A.txt").replaceAll(/^\d\d:\d\d:\d\d.\d{6} IP/gm, " 00:00:00.000283 IP");
  const { packets } = read(logOf(since));
  expect(packets.map(text)).toEqual(call.map(text));
  expect(packets.every(({ untimed }) => untimed === true)).toBe(true);
});

test("the address of an interface at the beginning of a packet in hexadecimal is no time of day", () => {
  const packet = linesOf("tshark-fields.tsv").split("\n")[0].split("\t").at(-1)!;
  const request = "02:09:00:00:00:21:02:09:00:00:00:30:08:06:00:01:08:00:06:04:00:01:02:09:00:00:00:30:0a:09:00:1e";
  const { packets } = read(logOf(`${request}\n${packet.replaceAll(/(..)(?=.)/g, "$1:")}\n`));
  expect(packets.map(({ untimed }) => untimed)).toEqual([true]);
});

test("times of packets that count from the first one have no day", () => {
  const absolute = linesOf("tshark-x.txt");
  const relative = absolute.replaceAll(
    /^( +\d+) 2026-11-22 07:06:(\d\d\.\d+)/gm,
    (_, number: string, seconds: string) => `${number}   ${(Number(seconds) - 44.356128).toFixed(6)}`,
  );
  const { packets } = read(logOf(relative));
  expect(packets.map(text)).toEqual(call.map(text));
  const micros = (all: readonly Packet[]): readonly number[] =>
    all.map(({ timeMicros }) => timeMicros - all[0].timeMicros);
  expect(micros(packets)).toEqual(micros(call));
});

test("times of packets that count from the one before are put together", () => {
  const times = [0, 0.5, 1, 2, 0.25, 0.25];
  const absolute = linesOf("tshark-x.txt");
  let at = 0;
  const since = absolute.replaceAll(
    /^( +\d+) 2026-11-22 07:06:\d\d\.\d+/gm,
    (_, number: string) => `${number}   ${(times[at++] ?? 0.001).toFixed(6)}`,
  );
  const seconds = read(logOf(since)).packets.map(({ timeMicros }) => timeMicros / 1e6);
  expect(seconds.slice(3, 6)).toEqual([2, 2.25, 2.5]);
});

describe("a quote of a message in an error is no message", () => {
  const quoted = "07:06:44.500000 IP 10.9.0.20 > 10.9.0.10: ICMP 10.9.0.20 udp port 5060 unreachable, length 298";
  const lines = linesOf("tcpdump-A.txt").split("\n");
  const end = lines.findIndex((line, index) => index > 0 && line.includes(" IP "));
  const first = lines.slice(1, end);

  test("tcpdump -A", () => {
    const { packets } = read(logOf([...lines.slice(0, end), quoted, ...first].join("\n")));
    expect(packets.map(text)).toEqual([text(call[0])]);
  });
});

describe("lines of a log in JSON have the time that stands beside them", () => {
  const micros = (packet: Packet): string => String(Math.round(packet.timeMicros));
  const isoTime = (packet: Packet): string => new Date(packet.timeMicros / 1000).toISOString();
  const shapes: Readonly<Record<string, (packet: Packet) => unknown>> = {
    "in nanoseconds, as Grafana saves them": (packet) => ({
      line: text(packet),
      timestamp: `${micros(packet)}000`,
      fields: {},
    }),
    "in nanoseconds before them, as Loki answers": (packet) => ({
      stream: {},
      values: [[`${micros(packet)}000`, text(packet)]],
    }),
    "in microseconds, as journals are printed": (packet) => ({
      __REALTIME_TIMESTAMP: micros(packet),
      MESSAGE: text(packet),
    }),
    "in an answer of Elasticsearch": (packet) => ({
      hits: { hits: [{ _source: { "@timestamp": isoTime(packet), event: { original: text(packet) } } }] },
    }),
    "in the fields of one": (packet) => ({
      fields: { "@timestamp": [isoTime(packet)], message: [text(packet)] },
    }),
    "in milliseconds, as CloudWatch answers": (packet) => ({
      events: [{ timestamp: Math.round(packet.timeMicros / 1000), message: text(packet) }],
    }),
    "in a cell of their own, as queries of CloudWatch answer": (packet) => ({
      results: [
        [
          { field: "@timestamp", value: isoTime(packet).replace("T", " ").replace("Z", "") },
          { field: "@message", value: text(packet) },
        ],
      ],
    }),
    "as Datadog exports them": (packet) => ({
      data: [{ attributes: { timestamp: isoTime(packet), message: text(packet), tags: ["a:b", "c:d"] } }],
    }),
    "behind them, as Google Cloud writes them": (packet) => ({
      jsonPayload: { message: text(packet), pid: 421 },
      timestamp: isoTime(packet),
    }),
    "in a table, as Azure answers": (packet) => ({
      tables: [{ columns: [{ name: "TimeGenerated" }], rows: [[isoTime(packet), "sbc", text(packet)]] }],
    }),
    "in nanoseconds, as OpenTelemetry has them": (packet) => ({
      timeUnixNano: `${micros(packet)}000`,
      body: { stringValue: text(packet) },
    }),
    "beside a summary in GELF": (packet) => ({
      short_message: "a message",
      full_message: text(packet),
      timestamp: packet.timeMicros / 1e6,
    }),
    "as Splunk exports them": (packet) => ({
      result: { _time: new Date(packet.timeMicros / 1000).toISOString(), _raw: text(packet) },
    }),
  };

  test.for(Object.entries(shapes))("%s", ([, shape]) => {
    const { packets } = read(logOf(call.map((packet) => JSON.stringify(shape(packet))).join("\n")));
    expect(packets.map(text)).toEqual(call.map(text));
    for (const [index, { timeMicros }] of packets.entries())
      expect(Math.abs(timeMicros - call[index].timeMicros)).toBeLessThan(1000);
  });
});

test("what a browser saves of its WebSockets (HAR) is as what the page logs", () => {
  const messages = ofCallee.map((packet) => ({
    type: packet.source.text.startsWith("10.9.0.30") ? "send" : "receive",
    time: packet.timeMicros / 1e6,
    opcode: 1,
    data: text(packet),
  }));
  const entries = [{ request: { url: "wss://edge.example.test/" }, _webSocketMessages: messages }];
  const { packets } = read(logOf(JSON.stringify({ log: { version: "1.2", entries } })));
  const logged = read(fixture("jssip-console.txt")).packets;
  expect(packets.map((packet) => [text(packet), sides(packet), packet.transport])).toEqual(
    logged.map((packet) => [text(packet), sides(packet), packet.transport]),
  );
  expect(packets.map(({ timeMicros }) => Math.round(timeMicros))).toEqual(ofCallee.map(({ timeMicros }) => timeMicros));
});

describe("a log of which each line is one entry is put together", () => {
  const lines = linesOf("asterisk-pjsip-logger.txt").split("\n");
  const time = "2026-11-22T07:06:44.000Z";
  const shapes: Readonly<Record<string, unknown>> = {
    "a list of lines": lines,
    "a list of lines by a name": { log: lines },
    Elasticsearch: { hits: { hits: lines.map((line) => ({ _source: { "@timestamp": time, message: line } })) } },
    CloudWatch: { events: lines.map((line) => ({ timestamp: Date.parse(time), message: line })) },
    "queries of CloudWatch": {
      results: lines.map((line) => [
        { field: "@timestamp", value: time },
        { field: "@message", value: line },
      ]),
    },
    "Google Cloud": lines.map((line) => ({ textPayload: line, timestamp: time })),
    Azure: { tables: [{ rows: lines.map((line) => [time, "sbc", line]) }] },
    Splunk: { results: lines.map((line) => ({ _raw: line, _time: time })) },
  };

  test.for(Object.entries(shapes))("%s", ([, shape]) => {
    for (const indent of [0, 2]) {
      const { format, packets } = read(logOf(JSON.stringify(shape, undefined, indent)));
      expect(format).toBe("asterisk-pjsip");
      expect(packets.map(text)).toEqual(ofCore.map(text));
    }
  });

  test("once, where the collector kept what it was given", () => {
    const entries = [
      (packet: Packet): unknown => ({ "@timestamp": time, event: { original: text(packet) }, message: text(packet) }),
      (packet: Packet): unknown => ({ message: text(packet), event: { original: text(packet) }, "@timestamp": time }),
    ];
    for (const shape of entries) {
      const { packets, incidents } = read(logOf(JSON.stringify(call.map(shape))));
      expect(packets.map(text)).toEqual(call.map(text));
      expect(incidents.map(({ kind }) => kind)).not.toContain("times-missing");
    }
  });

  test("a request and its answer in one object, in their order", () => {
    const [request, answer] = call;
    const { packets } = read(logOf(JSON.stringify({ request: { raw: text(request) }, answer: { raw: text(answer) } })));
    expect(packets.map(text)).toEqual([text(request), text(answer)]);
  });

  test("messages in a list, in or outside of an object", () => {
    for (const shape of [call.map(text), { messages: call.map(text) }]) {
      const { packets } = read(logOf(JSON.stringify(shape)));
      expect(packets.map(text)).toEqual(call.map(text));
    }
  });
});

test.for(["tshark-json.json", "tshark-ek.jsonl", "tshark-pdml.xml", "homer-rows.json"])(
  "what PowerShell wrote into a file, which is UTF-16, is read the same: %s",
  (name) => {
    const characters = `\ufeff${new TextDecoder().decode(fixture(name))}`;
    const units = new Uint8Array(Uint16Array.from(characters, (_, at) => characters.charCodeAt(at)).buffer);
    expect(read(units).packets.map(text)).toEqual(call.map(text));
    expect(read(units, 7)).toEqual(read(units));
  },
);

test("formats may be mixed in one file, other lines between them", () => {
  const parts = ["asterisk-pjsip-logger.txt", "ngrep-byline.txt", "freeswitch-siptrace.txt"].map(fixture);
  const noise = new TextEncoder().encode("\n[Nov 22 07:06:45] NOTICE: nothing happened\n\n");
  const { format, packets } = read(Uint8Array.from(parts.flatMap((part) => [...part, ...noise])));
  expect(format).toBe("text");
  expect(packets.map(text)).toEqual([...ofCore, ...call, ...ofCore].map(text));
});

test("line ends do not matter: LF, CRLF, or CR alone", () => {
  for (const name of ["sngrep.txt", "pjsua.log", "bare-messages-lf.txt"]) {
    const lines = new TextDecoder("latin1").decode(fixture(name)).replaceAll("\r\n", "\n");
    for (const end of ["\n", "\r\n", "\r"]) {
      const { packets } = read(new TextEncoder().encode(lines.replaceAll("\n", end)));
      expect(packets.map(text)).toEqual((name === "pjsua.log" ? ofCore : call).map(text));
    }
  }
});

test("a message that the log cut is marked, and what the log does not have is no fault of the sender", () => {
  const log = new TextDecoder().decode(fixture("freeswitch-siptrace.txt"));
  const cut = log.replace(/ {3}m=audio[^]*?-{72}/, `   ${"-".repeat(72)}`);
  const { packets } = read(new TextEncoder().encode(cut));
  expect(packets.map((packet) => packet.cut)).toEqual(packets.map((_, index) => index === 0));
});

test("a body that was sent with LF is taken as that, because its length says so", () => {
  const body = "v=0\no=- 1 1 IN IP4 10.9.0.10\ns=-\nc=IN IP4 10.9.0.10\nt=0 0\nm=audio 6000 RTP/AVP 0\n";
  const header = text(call[0])
    .split("\r\n\r\n")[0]
    .replace(/Content-Length: *\d+/, `Content-Length: ${body.length}`);
  const { packets } = read(new TextEncoder().encode(`${header.replaceAll("\r", "")}\n\n${body}\nNov 22 07:00:00 x\n`));
  expect(packets.map(text)).toEqual([`${header}\r\n\r\n${body}`]);
});

test("a response that is broken in its first line is kept where the log marks it as a message", () => {
  const log = new TextDecoder()
    .decode(fixture("asterisk-pjsip-logger.txt"))
    .replace("SIP/2.0 486 Busy", "SIP/2.0 4B6 Busy");
  expect(read(new TextEncoder().encode(log)).packets).toHaveLength(ofCore.length);
});

test("a log without SIP is no capture", () => {
  const lines = "2026-11-22 07:04:06 INFO nothing of interest: SIP/2.0 is a protocol\n".repeat(50);
  expect(read(new TextEncoder().encode(lines))).toEqual({ format: "unknown", frames: 0, packets: [], incidents: [] });
});

test.for([
  "07:06:44.356128 IP 10.9.0.10.5060 > 10.9.0.20.5060: SIP: INVITE sip:1002@sip.example.test SIP/2.0",
  "    1   0.000000    10.9.0.10 → 10.9.0.20    SIP/SDP 734 Request: INVITE sip:1002@sip.example.test | ",
  "    6   0.003578    10.9.0.30 → 10.9.0.21    SIP 496 Status: 486 Busy Here | ",
  "    1\t  0.000000\t   10.9.0.10\t→\t10.9.0.20   \tSIP/SDP\t734\tRequest: INVITE sip:1002@sip.example.test | ",
  "1795331204.356128000\t10.9.0.10\t10.9.0.20\tINVITE\t",
  "1795331204.357456000,10.9.0.20,10.9.0.10,,486",
  "07:16:19.874790 IP 10.9.0.10.41979 > 10.9.0.20.5060: Flags [P.], seq 1:302, ack 1, win 63, length 301",
  '<psml version="0" creator="wireshark/4.0.17">',
])("a list of packets is told to be one: %s", (line) => {
  const { format, incidents } = read(logOf(`${line}\n`.repeat(3)));
  expect([format, incidents.map(({ kind }) => kind)]).toEqual(["unknown", ["packets-listed"]]);
});

test("a list of packets is none where their messages follow", () => {
  const summary =
    "    1   0.000000    10.9.0.10 → 10.9.0.20    SIP/SDP 734 Request: INVITE sip:1002@sip.example.test | ";
  expect(read(logOf(`${summary}\n${linesOf("bare-messages-lf.txt")}`)).incidents.map(({ kind }) => kind)).not.toContain(
    "packets-listed",
  );
});

describe("whatever the bytes", () => {
  const names = readdirSync(folder).filter((name) => name !== "README.md" && name !== "tshark-V.txt");

  test("chunks of any size give the same packets", () => {
    for (const name of names) {
      const bytes = fixture(name);
      const whole = read(bytes);
      for (const size of [1, 7, 333]) expect(read(bytes, size), name).toEqual(whole);
    }
  });

  test("a trace with bytes changed, lost or repeated is read without an error", () => {
    const change = fc.record({
      at: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
      kind: fc.constantFrom("set", "cut", "again"),
    });
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(change, { minLength: 1, maxLength: 20 }), (name, changes) => {
        let bytes = fixture(name);
        for (const { at, value, kind } of changes) {
          const position = at % bytes.length;
          if (kind === "set") bytes[position] = value;
          else if (kind === "cut")
            bytes = new Uint8Array([...bytes.subarray(0, position), ...bytes.subarray(position + value)]);
          else
            bytes = new Uint8Array([...bytes.subarray(0, position), ...bytes.subarray(Math.max(0, position - value))]);
        }
        const { frames, packets } = read(bytes);
        expect(packets.length).toBeLessThanOrEqual(frames);
      }),
      { numRuns: 150 },
    );
  });

  test("random text is read without an error", () => {
    const piece = fc.constantFrom(
      "INVITE sip:a@b SIP/2.0",
      "SIP/2.0 200 OK",
      "\r\n",
      "\n",
      "Via: x",
      "#012",
      "<--- ",
      " --->",
      "U ",
      "|".repeat(20),
      "\x1b[1m",
      "> ",
      "&lt;sip",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 60 }), (pieces) => {
        const { packets } = read(new TextEncoder().encode(pieces.join("")));
        expect(packets.length).toBeLessThanOrEqual(pieces.length);
      }),
      { numRuns: 300 },
    );
  });
});
