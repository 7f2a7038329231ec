import { describe, expect, it } from "vitest";
import { contact } from "./contact.ts";
import { diversion } from "./diversion.ts";
import { from } from "./from.ts";
import type { HeaderField } from "./headerField.ts";
import { historyInfo } from "./historyInfo.ts";
import { parseUri, uriWithoutParameters } from "./uri.ts";
import { uriFlaw } from "./uriFlaw.ts";
import { via } from "./via.ts";

function flawOf<T>(field: HeaderField<T>, text: string): string | undefined {
  const value = field.parse(text);
  return value === undefined ? "unreadable" : field.flaw?.(text, value);
}

describe("a URI", () => {
  it("is taken apart", () => {
    expect(parseUri("SIPS:alice:secret@Example.COM:5061;transport=tcp;lr?Subject=hi%20there&Priority=urgent")).toEqual({
      scheme: "sips",
      user: "alice",
      password: "secret",
      host: "example.com",
      port: 5061,
      params: new Map([
        ["transport", "tcp"],
        ["lr", ""],
      ]),
      headers: new Map([
        ["subject", "hi there"],
        ["priority", "urgent"],
      ]),
      opaque: "alice:secret@Example.COM:5061;transport=tcp;lr?Subject=hi%20there&Priority=urgent",
    });
  });

  it("of a telephone number has a number and no host", () => {
    const uri = parseUri("tel:+49-30-1234;phone-context=example.com");
    expect(uri).toMatchObject({ scheme: "tel", user: "+49-30-1234", host: "" });
    expect(uri?.params.get("phone-context")).toBe("example.com");
  });

  it("has an IPv6 address in its one form, however it is written", () => {
    const forms = ["[2001:db8::3]", "[2001:DB8:0:0:0:0:0:3]:5060", "[2001:0db8::0003]"];
    expect(forms.map((host) => parseUri(`sip:a@${host}`)?.host)).toEqual(Array(3).fill("2001:db8::3"));
    expect(parseUri("sip:a@[fe80::1%25eth0]")?.host).toBe("fe80::1%25eth0");
  });

  it("without a scheme is none", () => {
    for (const text of ["", "alice@example.com", "10.0.0.1:5060", ":x", "*"]) expect(parseUri(text)).toBeUndefined();
  });

  it("keeps what only looks like an escape", () => {
    expect(parseUri("sip:100%@h")?.user).toBe("100%");
    expect(parseUri("sip:%41%zz@h")?.user).toBe("A%zz");
  });

  it.each([
    ["sip:user@example.com:5060;lr", undefined],
    ["sip:+1(555)0100@example.com", undefined],
    ["sip:a@[2001:db8::1]:5060", undefined],
    ["sip:core_proxy", undefined],
    ["urn:service:sos", undefined],
    ["sip:", "field-syntax"],
    ["sip:@example.com", "field-syntax"],
    ["sip:a@2001:db8::1", "field-syntax"],
    ["sip:a@example.com:99999", "field-syntax"],
    ["sip:a b@example.com", "field-syntax"],
    ["sip:a@example.com;;lr", "field-syntax"],
    ["sip:a@example.com;=x", "field-syntax"],
    ["sip:a@example.com?x", "field-syntax"],
    ["sip:%4@example.com", "escape"],
  ])("%s: flaw %s", (text, flaw) => expect(uriFlaw(text)).toBe(flaw));

  it.each([
    ["sip:a@h:5060;transport=udp?x=y", "sip:a@h:5060"],
    ["sip:a;phone-context=+1@h;user=phone", "sip:a;phone-context=+1@h"],
    ["sip:h;lr", "sip:h"],
    ["tel:+1;ext=2", "tel:+1"],
    ["", ""],
    ["*", "*"],
  ])("%s without parameters is %s", (uri, bare) => expect(uriWithoutParameters(uri)).toBe(bare));
});

describe("an address", () => {
  it.each([
    ['"A. \\"Bell\\"" <sip:a@b>;tag=1', 'A. "Bell"', "sip:a@b", "1"],
    ["Alice Smith <sip:a@b;x=1>", "Alice Smith", "sip:a@b;x=1", undefined],
    ['"<sip:trap@x>" <sip:a@b>;tag=2', "<sip:trap@x>", "sip:a@b", "2"],
    ["sip:a@b;tag=3", undefined, "sip:a@b", "3"],
    ["<tel:+1;ext=2>;TAG=4", undefined, "tel:+1;ext=2", "4"],
    ["< sip:a@b >", undefined, "sip:a@b", undefined],
    ['"never closed <sip:a@b>;tag=5', '"never closed', "sip:a@b", "5"],
    ['sip:a@b;x="<y>";tag=6', undefined, "sip:a@b", "6"],
  ])("%s", (text, displayName, uri, tag) => expect(from.parse(text)).toMatchObject({ displayName, uri, tag }));

  it("without a URI is none", () => {
    expect(from.parse("")).toBeUndefined();
    expect(from.parse('"Alice" <>')).toBeUndefined();
  });

  it.each([
    ["Bell, Alexander <sip:a@b>", "field-syntax"],
    ["<sip:a@b", "field-syntax"],
    ["<sip:a@b>;tag=", "field-syntax"],
    ["<sip:a@b> junk", "field-syntax"],
    ["sip:a@b?Route=x", "field-syntax"],
    ["Alice<sip:a@b>;tag=1", undefined],
  ])("%s: flaw %s", (text, flaw) => expect(flawOf(from, text)).toBe(flaw));

  it.each([
    ["*", undefined],
    ["<sip:a@b>;expires=3600;q=0.5", undefined],
    ["<sip:a@b>;expires=soon", "field-syntax"],
    ["<sip:a@b>;expires=4294967296", "field-value"],
    ["<sip:a@b>;q=1.5", "field-syntax"],
  ])("in Contact, %s: flaw %s", (text, flaw) => expect(flawOf(contact, text)).toBe(flaw));

  it("in History-Info and Diversion comes with its index, reason and counter", () => {
    expect(historyInfo.parse("<sip:a@b?Reason=SIP%3Bcause%3D302>;index=1.1")?.index).toBe("1.1");
    expect(flawOf(historyInfo, "<sip:a@b>")).toBe("field-syntax");
    expect(diversion.parse("<tel:+1>;reason=no-answer;counter=2")).toMatchObject({ reason: "no-answer", counter: 2 });
  });
});

describe("a Via value", () => {
  it("says where responses go", () => {
    expect(via.parse("SIP/2.0/udp 10.0.0.1:5060;rport=1024;received=192.0.2.1;branch=z9hG4bK1")).toMatchObject({
      sentProtocol: "SIP/2.0/udp",
      transport: "UDP",
      sentBy: "10.0.0.1:5060",
      host: "10.0.0.1",
      port: 5060,
      rport: 1024,
      received: "192.0.2.1",
      branch: "z9hG4bK1",
    });
  });

  it("tells an rport that was asked for from one that was filled in", () => {
    const asked = via.parse("SIP/2.0/UDP h;rport");
    expect([asked?.rport, asked?.params.has("rport")]).toEqual([undefined, true]);
  });

  it.each([
    ["SIP/2.0/UDP h : 5060 ; branch = z9hG4bK1", undefined],
    ["SIP/2.0/UDP h", undefined],
    ["SIP/2.0/UDP", "unreadable"],
    ["SIP/2.0 h", "unreadable"],
    ["SIP/2.0/UDP h:port", "field-syntax"],
    ["SIP/2.0/UDP h;;branch=z9hG4bK1", "field-syntax"],
    ["SIP/2.0/UDP h;branch=z9hG4bK", "field-value"],
  ])("%s: flaw %s", (text, flaw) => expect(flawOf(via, text)).toBe(flaw));
});
