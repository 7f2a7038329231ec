import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { redactMessage } from "./redactMessage.ts";
import { Redactor } from "./redactor.ts";

function redacted(text: string, redactor: Redactor = new Redactor()): string {
  const bytes = redactMessage(new TextEncoder().encode(text.replaceAll("\n", "\r\n")), redactor);
  return new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
}

const body = `v=0
o=alice 2890844526 1 IN IP4 10.9.0.10
s=Call of Alice
c=IN IP4 10.9.0.10
t=0 0
m=audio 49170 RTP/SAVP 8 101
a=rtpmap:101 telephone-event/8000
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20
a=ice-pwd:asd88fgpdd777uzjYhagZg
a=ice-ufrag:8hhY
a=fingerprint:sha-256 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82
a=candidate:1 1 UDP 2130706431 192.168.1.23 3478 typ host
a=ssrc:314159 cname:alice@laptop.example.test
`;
const invite = `INVITE sip:+49301234567:secret@pbx.carrier.test:5080;user=phone SIP/2.0
Via: SIP/2.0/UDP alicephone:5060;branch=z9hG4bK-10.9.0.10-7;received=203.0.113.77
v: SIP/2.0/TCP [2001:db8:77::10]:5060;branch=z9hG4bK8
From: "Alice Smith" <sip:alice@carrier.test>;tag=8001
To: Bob Jones <sip:+49301234567@carrier.test>
Contact: <sip:alice@10.9.0.10:5060>;+sip.instance="<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>"
Call-ID: 4711@10.9.0.10
CSeq: 8001 INVITE
Refer-To: <sip:bob@carrier.test?Replaces=4711%4010.9.0.10%3Bto-tag%3D1>
Proxy-Authorization: Digest username="alice", realm="carrier.test", nonce="84f1c1ae6cbe5ua9c8e88dfa3ecm3459", uri="sip:carrier.test", response="72e4eee3c7f7cba2fe1c2bf3c9ab0d11", algorithm=MD5, nc=00000001
P-Asserted-Identity: <tel:+49301234567>
Warning: 399 pbx.carrier.test "no route to +49301234567"
User-Agent: Desk 2.1 805EC0123456
X-Customer: Acme GmbH, 12345
Supported: replaces, timer
Subject: Lunch with Bob
Content-Type: application/sdp
Content-Length: ${body.length + 13}

${body}`;

describe("a redacted message", () => {
  const redactor = new Redactor();
  const text = redacted(invite, redactor);

  test.each(
    "+49301234567 49301234567 secret alice Alice Smith Bob Jones carrier.test 10.9.0.10 203.0.113.77 db8:77 192.168.1.23 f81d4fae 84f1c1ae 72e4eee3 d0RmdmcmVC asd88fg 8hhY DF:3E laptop Acme 12345 Lunch 805EC0123456".split(
      " ",
    ),
  )("says %s nowhere", (secret) => {
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  test("keeps what decides: methods, tags, branches, sequence numbers, codecs, what is supported", () => {
    for (const kept of [
      "tag=8001",
      "CSeq: 8001 INVITE",
      ";user=phone SIP/2.0",
      "branch=z9hG4bK8",
      "Supported: replaces, timer",
      "algorithm=MD5, nc=00000001",
      "m=audio 49170 RTP/SAVP 8 101\na=rtpmap:101 telephone-event/8000",
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:",
      "a=fingerprint:sha-256 ",
      "399 ",
      "User-Agent: Desk 2.1 ",
    ]) {
      expect(text).toContain(kept);
    }
  });

  test("gives one value one pseudonym wherever it stands, and other values others", () => {
    const number = /INVITE sip:(\+[\d]+):/u.exec(text)![1];
    expect(number).toHaveLength("+49301234567".length);
    expect(text).toContain(`<tel:${number}>`);
    expect(text).toContain(`no route to ${number}"`);
    const user = /username="([^"]+)"/u.exec(text)![1];
    expect(text).toContain(`<sip:${user}@`);
    const address = /^c=IN IP4 (\S+)$/mu.exec(text)![1];
    expect(text).toContain(`Call-ID: 4711@${address}`);
    expect(text).toContain(`?Replaces=4711%40${address}%3B`);
    expect(text).toContain(`z9hG4bK-${address}-7`);
    const hosts = [...text.matchAll(/[\w.]+\.example/gu)].map(([host]) => host);
    expect(new Set(hosts).size).toBe(3);
  });

  test("has every line where it was, and as long where that can be", () => {
    const lengths = (message: string): number[] => message.split("\n").map(({ length }) => length);
    const isIpv6 = (line: string): boolean => line.startsWith("v: ") || line.startsWith("Content-Length");
    const changed = invite
      .split("\n")
      .flatMap((line, index) => (lengths(text)[index] === line.length || isIpv6(line) ? [] : [line]));
    expect(changed).toEqual([]);
  });

  test("says its own length", () => {
    const [head, newBody] = text.split("\n\n");
    const length = Number(/Content-Length: (\d+)/u.exec(head)![1]);
    expect(length).toBe(new TextEncoder().encode(newBody.replaceAll("\n", "\r\n")).length);
  });

  test("is counted by kind", () => {
    const kinds = redactor.redactions().map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["number", "user", "name", "address", "host", "credential", "key", "text"]));
    expect(redactor.redactions().find(({ kind }) => kind === "number")).toEqual({
      kind: "number",
      values: 1,
      count: 4,
    });
  });
});

test("a private address stays private, a public one becomes one for documentation, loopback stays", () => {
  const text = redacted(
    "OPTIONS sip:a SIP/2.0\nVia: SIP/2.0/UDP 192.168.10.200\nVia: SIP/2.0/UDP 8.8.4.4\nVia: SIP/2.0/UDP 127.0.0.1\nCall-ID: a\n\n",
  );
  expect(text).toMatch(/UDP 192\.168\.\d{2}\.\d{3}\n/u);
  expect(text).toMatch(/UDP (?:192\.0\.2|203\.0\.113|198\.51\.100|240\.\d+\.\d+)\.\d+\n/u);
  expect(text).toContain("UDP 127.0.0.1\n");
});

test("addresses never become the same one", () => {
  const redactor = new Redactor();
  const addresses = Array.from({ length: 3000 }, (_, index) => `${11 + (index % 90)}.${index >> 8}.${index & 255}.7`);
  expect(new Set(addresses.map((address) => redactor.host(address))).size).toBe(3000);
  const own = Array.from({ length: 3000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
  expect(new Set(own.map((address) => redactor.host(address))).size).toBe(3000);
});

test("the body of a text message and of a presence document is masked, its markup stays", () => {
  const head = "MESSAGE sip:bob@carrier.test SIP/2.0\nCall-ID: a\n";
  expect(redacted(`${head}Content-Type: text/plain\n\nMeet at 9, Bob`)).toContain("\n\nxxxx xx 0, xxx");
  expect(redacted(`${head}Content-Type: application/pidf+xml\n\n<note id="bob">At home</note>`)).toContain(
    '<note id="xxx">xx xxxx</note>',
  );
});

test("a folded display name is replaced line by line", () => {
  const text = `OPTIONS sip:a SIP/2.0\r\nFrom: Bob\r\n Smith <sip:bob@carrier.test>\r\nTo: "Alice\r\n Jones" <sip:1>\r\n\r\n`;
  const told = new TextDecoder().decode(redactMessage(new TextEncoder().encode(text), new Redactor()));
  expect(told).not.toMatch(/Bob|Smith|Alice|Jones/u);
  expect(told.split("\r\n")).toHaveLength(text.split("\r\n").length);
});

test("whatever comes in, no error comes out, and lines stay lines", () => {
  const piece = constantFrom(
    "sip:",
    "@",
    '"',
    "<",
    ">",
    ";",
    ":",
    "[",
    "]",
    "%40",
    "10.0.0.1",
    "a.bc",
    "\r\n",
    " ",
    "=",
    "\\",
    "\u00ff",
    "a=",
    "Via: ",
  );
  assert(
    property(array(piece, { maxLength: 60 }), (pieces) => {
      const text = `OPTIONS sip:a SIP/2.0\r\nCall-ID: a\r\nFrom: ${pieces.join("")}`;
      const bytes = redactMessage(new TextEncoder().encode(text), new Redactor());
      const count = (each: string): number => each.split("\n").length;
      expect(count(new TextDecoder("latin1").decode(bytes))).toBe(count(text));
    }),
  );
});

test.each([
  ["quotes", '"'],
  ["escaped quotes", '\\"'],
  ["brackets", "<"],
  ["dots", "."],
  ["URIs", "sip:"],
  ["equals signs", "a="],
  ["words", "x"],
  ["at signs", "@"],
])("a long field of %s takes no longer than it is long", (_name, piece) => {
  const fields = ["From", "Via", "Authorization", "Warning", "Call-ID", "User-Agent", "X-Own"];
  const long = (bytes: number): Uint8Array =>
    new TextEncoder().encode(
      `OPTIONS sip:a SIP/2.0\r\n${fields.map((name) => `${name}: ${piece.repeat(bytes / piece.length)} z`).join("\r\n")}`,
    );
  const cost = (bytes: number): number => {
    const message = long(bytes);
    const start = performance.now();
    redactMessage(message, new Redactor());
    return performance.now() - start;
  };
  cost(10_000);
  // A quadratic one would take a hundred times as long or more; the floor keeps noise out.
  expect(cost(300_000)).toBeLessThan(Math.max(5000, cost(30_000) * 60));
});
