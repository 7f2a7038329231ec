import { expect, test } from "vitest";
import { hasSipFields, isSipStart } from "./sipStart.ts";

const encoder = new TextEncoder();

function isStart(text: string, cut = false): boolean {
  const bytes = encoder.encode(text);
  return isSipStart(bytes, 0, bytes.length, cut);
}

test.each([
  "INVITE sip:1002@example.test SIP/2.0\r\n",
  "OPTIONS sip:a SIP/7.0\r\n",
  "INVITE sip:user@example.com; lr SIP/2.0  \r\n",
  "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI SIP/2.0\r\n",
  "INVITE <sip:user@example.com> SIP/2.0\n",
  "BYE sip:a SIP/2.0",
  "SIP/2.0 200 OK\r\n",
  "SIP/2.0 2OO OK\r\n",
  "sip/2.0 200 ok\r\n",
])("%j is meant as a SIP start line", (text) => {
  expect(isStart(text)).toBe(true);
});

test.each([
  "",
  "GET / HTTP/1.1\r\n",
  "HTTP/1.1 200 OK\r\n",
  "INVITE\r\n",
  "<34>1 2026 host su - SIP/2.0 x\r\n",
  "INVITE sip:a XSIP/2.0\r\n",
  "sip:a SIP/2.0 and more\r\n",
  "HEP3",
])("%j is not", (text) => {
  expect(isStart(text)).toBe(false);
});

test("a request line may end early where the capture cut it", () => {
  expect(isStart("INVITE sip:1002@exam", true)).toBe(true);
  expect(isStart("INVITE sip:1002@exam", false)).toBe(false);
  expect(isStart("GET http://exam", true)).toBe(false);
});

test("two of Via, Call-ID and CSeq make a header of SIP, in any case and compact", () => {
  const has = (text: string): boolean => hasSipFields(encoder.encode(text), 0, text.length);
  expect(has("x\r\nVIA : a\r\ncseq: 1 BYE\r\n")).toBe(true);
  expect(has("x\r\nv: a\r\ni: b\r\n")).toBe(true);
  expect(has("x\r\nVia: a\r\nVia: b\r\nFrom: c\r\n")).toBe(false);
  expect(has("Vialess: a\r\nCall-IDs: b\r\n")).toBe(false);
});
