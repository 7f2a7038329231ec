import { describe, expect, it } from "vitest";
import { bodyParts } from "./bodyParts.ts";
import type { SipMessage } from "./message.ts";
import { barePacket, parseMessage } from "./parseMessage.ts";
import { sipfragStatus } from "./sipfrag.ts";

function notify(type: string, body: string): SipMessage {
  const text = `NOTIFY sip:a@b SIP/2.0\r\nc: ${type}\r\nl: ${body.length}\r\n\r\n${body}`;
  return parseMessage(barePacket(new TextEncoder().encode(text)))!;
}

const part = (type: string, body: string): string => `--xyz\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;

describe("sipfragStatus", () => {
  it.each([
    ["message/sipfrag", "SIP/2.0 486 Busy Here\r\n", 486, "Busy Here"],
    ["message/sipfrag;version=2.0", "SIP/2.0 100 Trying", 100, "Trying"],
    ["Message/SIPfrag", "\r\nSIP/2.0 200\r\nVia: x\r\n", 200, ""],
  ])("reads the status line of %s %j", (type, body, statusCode, reasonPhrase) => {
    expect(sipfragStatus(notify(type, body))).toEqual({ statusCode, reasonPhrase });
  });

  it("finds it in a multipart body, also in a nested one", () => {
    const flat = `${part("text/plain", "hello")}${part("message/sipfrag", "SIP/2.0 503 No\r\n")}--xyz--\r\n`;
    expect(sipfragStatus(notify('multipart/mixed; boundary="xyz"', flat))?.statusCode).toBe(503);
    const outer = `--out\r\nc: multipart/mixed;\r\n boundary=xyz\r\n\r\n${flat}\r\n--out--`;
    expect(sipfragStatus(notify("multipart/alternative;boundary=out", outer))?.statusCode).toBe(503);
  });

  it("is absent for other bodies, and for a fragment of a request", () => {
    expect(sipfragStatus(notify("text/plain", "SIP/2.0 486 Busy Here\r\n"))).toBeUndefined();
    expect(sipfragStatus(notify("message/sipfrag", "INVITE sip:a@b SIP/2.0\r\n"))).toBeUndefined();
    expect(sipfragStatus(notify("message/sipfrag", "SIP/2.0 4861 x\r\n"))).toBeUndefined();
    expect(sipfragStatus(notify("message/sipfrag", ""))).toBeUndefined();
  });
});

describe("bodyParts", () => {
  it("ends: at 64 parts, and four levels deep", () => {
    const many = part("text/plain", "x").repeat(200);
    expect(bodyParts(notify("multipart/mixed;boundary=xyz", `${many}--xyz--`))).toHaveLength(64);
    const self = `--xyz\r\nContent-Type: multipart/mixed;boundary=xyz\r\n\r\n`.repeat(50);
    expect(bodyParts(notify("multipart/mixed;boundary=xyz", self)).length).toBeLessThan(65);
  });

  it("reads a part that the end of the message cuts off", () => {
    const parts = bodyParts(notify("multipart/mixed;boundary=xyz", "--xyz\r\nContent-Type: text/plain\r\n\r\nhalf"));
    expect(parts).toHaveLength(1);
    expect(parts[0].span.end - parts[0].span.start).toBe(4);
  });
});
