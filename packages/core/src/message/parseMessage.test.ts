import { describe, expect, it } from "vitest";
import type { Packet } from "../network/packet.ts";
import { contact } from "./contact.ts";
import { cseq } from "./cseq.ts";
import { headerField } from "./headerField.ts";
import type { SipMessage } from "./message.ts";
import { barePacket, parseMessage } from "./parseMessage.ts";
import { reason } from "./reason.ts";
import { supported } from "./supported.ts";
import { via } from "./via.ts";

const HEADER = [
  "Via: SIP/2.0/UDP 10.0.0.1:5060;rport=5062;branch=z9hG4bK1",
  "From: <sip:a@example.com>;tag=f1",
  "To: <sip:b@example.com>",
  "Call-ID: c1@10.0.0.1",
  "CSeq: 7 INVITE",
  "Contact: <sip:a@10.0.0.1>",
  "Max-Forwards: 70",
];

function read(lines: readonly string[], body: string = "", packet: Partial<Packet> = {}): SipMessage {
  const text = [...lines, "", body].join("\r\n");
  const message = parseMessage({ ...barePacket(new TextEncoder().encode(text)), ...packet });
  if (message === undefined) throw new Error("not read as SIP");
  return message;
}

const request = (...more: string[]): SipMessage => read(["INVITE sip:b@example.com SIP/2.0", ...HEADER, ...more]);
const response = (line: string): SipMessage => read([line, ...HEADER]);
const kinds = (message: SipMessage): string[] =>
  message.anomalies.map(({ kind, field }) => `${kind} ${field ?? ""}`.trim());

describe("parseMessage", () => {
  it("reads what transactions and dialogs are matched by", () => {
    expect(request()).toMatchObject({
      kind: "request",
      method: "INVITE",
      requestUri: "sip:b@example.com",
      callId: "c1@10.0.0.1",
      cseqNumber: 7,
      cseqMethod: "INVITE",
      fromTag: "f1",
      toTag: "",
      branch: "z9hG4bK1",
    });
  });

  it("gives a response the method of its CSeq", () => {
    expect(response("SIP/2.0 486 Busy Here")).toMatchObject({
      kind: "response",
      method: "INVITE",
      statusCode: 486,
      reasonPhrase: "Busy Here",
    });
  });

  it("gives no status code to letters that look like digits, and says so", () => {
    const message = response("SIP/2.0 2OO OK");
    expect(message).toMatchObject({ statusCode: -1 });
    expect(kinds(message)).toContain("status-code");
  });

  it("takes neither HTTP nor RTSP nor noise for SIP", () => {
    const texts = [
      "GET / HTTP/1.1\r\nHost: example.com\r\nVia: 1.1 proxy\r\nFrom: a@b\r\n\r\n",
      "DESCRIBE rtsp://h/ RTSP/1.0\r\nCSeq: 1\r\nVia: x\r\n\r\n",
      "\r\n\r\n",
      "",
      "hello world\r\nVia: x\r\n\r\n",
    ];
    for (const text of texts) expect(parseMessage(barePacket(new TextEncoder().encode(text)))).toBeUndefined();
  });

  it("skips empty lines before the start line", () => {
    const message = read(["", "", "OPTIONS sip:b@example.com SIP/2.0", ...HEADER]);
    expect(message.startLine).toBe("OPTIONS sip:b@example.com SIP/2.0");
  });

  it("counts spans from the start of the message, wherever that is in the buffer", () => {
    const text = new TextEncoder().encode(["INVITE sip:b@example.com SIP/2.0", ...HEADER, "", ""].join("\r\n"));
    for (const start of [0, 1, 2, 3, 61]) {
      const bytes = new Uint8Array(start + text.length + 5);
      bytes.fill(10);
      bytes.set(text, start);
      const message = parseMessage({ ...barePacket(bytes), start, end: start + text.length });
      const span = message?.span(cseq) ?? { start: 0, end: 0 };
      expect(new TextDecoder().decode(bytes.subarray(start + span.start, start + span.end))).toBe("CSeq: 7 INVITE");
      expect(message?.callId).toBe("c1@10.0.0.1");
      expect(message?.anomalies).toEqual([]);
    }
  });

  it("keeps the lines of each message when others are read after it", () => {
    const messages = Array.from({ length: 3000 }, (_, i) => request(`X-Number: ${i}`));
    expect(messages.every((message, i) => message.values("X-Number")[0] === String(i))).toBe(true);
  });

  it("reads at most 1,000 header lines and says so", () => {
    const message = request(...Array.from({ length: 1500 }, (_, i) => `X-Many: ${i}`), "Reason: SIP;cause=200");
    expect(message.lineCount).toBe(1000);
    expect(message.has(reason)).toBe(false);
    expect(kinds(message)).toEqual(["limit"]);
  });

  it("reads names that are properties of every object as ordinary names", () => {
    const message = request(
      "__proto__: a;__proto__=1",
      "constructor: b",
      "Contact: <sip:x@y>;__proto__=p;constructor=c",
    );
    expect(message.values("__proto__")).toEqual(["a;__proto__=1"]);
    expect(message.values("toString")).toEqual([]);
    expect(message.all(contact)[1].params.get("__proto__")).toBe("p");
    expect(({} as Record<string, unknown>).p).toBeUndefined();
  });
});

describe("header fields of a message", () => {
  it("come in order from repeated and from joined lines, however the name is written", () => {
    const message = request("v: SIP/2.0/TCP a;branch=1, SIP/2.0/TLS b", "VIA : SIP/2.0/UDP c");
    expect(message.all(via).map(({ host }) => host)).toEqual(["10.0.0.1", "a", "b", "c"]);
    expect(message.count(via)).toBe(3);
  });

  it("are decoded once", () => {
    const message = request();
    expect(message.all(via)).toBe(message.all(via));
  });

  it("have no commas of quoted strings or brackets as separators", () => {
    const message = request('m: "Bell, Alexander" <sip:a@b;x=1,2>;q=0.1, <sip:c@d>');
    expect(message.all(contact).map(({ uri }) => uri)).toEqual(["sip:a@10.0.0.1", "sip:a@b;x=1,2", "sip:c@d"]);
  });

  it("may be of any name that nobody defined, and of fields that were defined elsewhere", () => {
    const callIdOfOtherLeg = headerField({ name: "X-CID", parse: (text) => text.toUpperCase() });
    const message = request("x-cid: abc", "X-CIDE: no", "X-CID : def");
    expect(message.all(callIdOfOtherLeg)).toEqual(["ABC", "DEF"]);
    expect(message.values("X-Cid")).toEqual(["abc", "def"]);
    expect(message.has(callIdOfOtherLeg)).toBe(true);
  });

  it("may be empty where the grammar allows it", () => {
    const message = request("Supported:");
    expect(message.all(supported)).toEqual([]);
    expect(message.has(supported)).toBe(true);
    expect(kinds(message)).toEqual([]);
  });

  it("are quoted as they were, unfolded and not longer than 200 characters", () => {
    const message = request("rEASON : Q.850;\r\n\t cause=38", `Reason: SIP;text="${"x".repeat(300)}"`);
    expect(message.quote(reason)).toBe("rEASON : Q.850; cause=38");
    expect(message.quote(reason, 1)).toHaveLength(200);
    expect(message.quote(reason, 2)).toBe("");
    expect(message.span(reason, 2)).toBeUndefined();
  });
});

describe("anomalies", () => {
  it("are none in a plain message", () => expect(kinds(request())).toEqual([]));

  it("name the missing fields", () => {
    const message = read(["INVITE sip:b@example.com SIP/2.0", ...HEADER.slice(0, 5)]);
    expect(kinds(message)).toEqual(["field-missing Max-Forwards", "field-missing Contact"]);
  });

  it("ask for no Max-Forwards or Contact in a response", () => {
    const lines = [
      "SIP/2.0 180 Ringing",
      ...HEADER.slice(0, 2),
      "To: <sip:b@example.com>;tag=t",
      ...HEADER.slice(3, 5),
    ];
    expect(kinds(read(lines))).toEqual([]);
  });

  it("name tags that must be there", () => {
    expect(kinds(response("SIP/2.0 404 Not Found"))).toEqual(["field-syntax To"]);
    expect(kinds(response("SIP/2.0 100 Trying"))).toEqual([]);
  });

  it("ask for Content-Length on a stream only", () => {
    const lines = ["INVITE sip:b@example.com SIP/2.0", ...HEADER];
    expect(kinds(read(lines, "", { transport: "tcp" }))).toEqual(["field-missing Content-Length"]);
    expect(kinds(read(lines, "", { transport: "ws" }))).toEqual([]);
  });

  const withBody = (length: number, body: string, packet: Partial<Packet> = {}): SipMessage =>
    read(
      ["INVITE sip:b@example.com SIP/2.0", ...HEADER, "Content-Type: text/plain", `Content-Length: ${length}`],
      body,
      packet,
    );

  it("name a Content-Length that promises more than is there, unless the capture cut it", () => {
    expect(kinds(withBody(10, "12345"))).toEqual(["content-length Content-Length"]);
    expect(kinds(withBody(10, "12345", { cut: true }))).toEqual([]);
  });

  it("name a Content-Length that cuts off the body, but no padding or noise after the message", () => {
    expect(withBody(3, "12345").bodyText()).toBe("123");
    expect(kinds(withBody(3, "12345"))).toEqual(["content-length Content-Length"]);
    expect(kinds(withBody(3, "123\r\n\r\n"))).toEqual([]);
    expect(kinds(withBody(0, "12345"))).toEqual([]);
  });

  it("name a body without type", () => {
    expect(kinds(read(["INVITE sip:b@example.com SIP/2.0", ...HEADER], "v=0"))).toEqual(["field-missing Content-Type"]);
  });

  it("name bad octets and lines that are no header field", () => {
    expect(kinds(request("X-Nul: a\0b"))).toEqual(["octets"]);
    expect(kinds(request("no field at all"))).toEqual(["field-syntax"]);
    expect(kinds(request("(bad): x"))).toEqual(["field-syntax"]);
    const bytes = new TextEncoder().encode(
      ["OPTIONS sip:b@example.com SIP/2.0", ...HEADER, "X: ?", "", ""].join("\r\n"),
    );
    bytes[bytes.indexOf(63)] = 0xff;
    const message = parseMessage(barePacket(bytes));
    expect(message?.values("X")).toEqual(["\uFFFD"]);
    expect(message?.anomalies.map(({ kind }) => kind)).toContain("octets");
  });

  it("name an escape that is none", () => {
    expect(kinds(read(["INVITE sip:%zz@example.com SIP/2.0", ...HEADER]))).toEqual(["escape"]);
    expect(kinds(request("Contact: <sip:50%@example.com>"))).toEqual(["escape Contact"]);
  });

  it("has no value of a line that the capture cut, nor half of one", () => {
    const text = "INVITE sip:a@example.test SIP/2.0\r\nCSeq: 1 INVITE\r\nCall-ID: a84b4c76@exa";
    const callIdOf = (cut: boolean): string | undefined =>
      parseMessage({ ...barePacket(new TextEncoder().encode(text)), cut })?.callId;
    expect([callIdOf(true), callIdOf(false)]).toEqual(["", "a84b4c76@exa"]);
  });

  it("say nothing of what the capture cut off", () => {
    const text = ["INVITE sip:b@example.com SIP/2.0", ...HEADER.slice(0, 3)].join("\r\n");
    const message = parseMessage({ ...barePacket(new TextEncoder().encode(text)), cut: true });
    expect(message?.anomalies).toEqual([]);
    for (const startLine of ["SIP/2.0 20", "INVITE sip:b@exa"])
      expect(
        parseMessage({ ...barePacket(new TextEncoder().encode(startLine)), cut: true })?.anomalies ?? [],
        startLine,
      ).toEqual([]);
  });
});
