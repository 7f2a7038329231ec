import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sessionDescription } from "../sdp/sessionDescription.ts";
import { accept } from "./accept.ts";
import { authorization } from "./authorization.ts";
import { bodyParts } from "./bodyParts.ts";
import { contact } from "./contact.ts";
import { date } from "./date.ts";
import { from } from "./from.ts";
import { identity } from "./identity.ts";
import { maxForwards } from "./maxForwards.ts";
import type { SipMessage } from "./message.ts";
import { barePacket, parseMessage } from "./parseMessage.ts";
import { proxyRequire } from "./proxyRequire.ts";
import { require as requireField } from "./require.ts";
import { retryAfter } from "./retryAfter.ts";
import { route } from "./route.ts";
import { subject } from "./subject.ts";
import { to } from "./to.ts";
import { parseUri } from "./uri.ts";
import { via } from "./via.ts";
import { warning } from "./warning.ts";

interface Expected {
  readonly startLine: readonly [string | number, string];
  readonly cseq: readonly [number, string];
  readonly callId: string;
  readonly branch: string;
  readonly fromTag: string;
  readonly toTag: string;
  readonly body: number;
  readonly anomalies: readonly string[];
}

const root = new URL("../../../../fixtures/torture/", import.meta.url);
const expected: Record<string, Expected> = JSON.parse(readFileSync(new URL("expected.json", root), "utf8"));

function read(file: string): SipMessage {
  const message = parseMessage(barePacket(readFileSync(new URL(file, root))));
  if (message === undefined) throw new Error(`${file} is not read as SIP`);
  return message;
}

function reading(message: SipMessage): Omit<Expected, "anomalies"> {
  return {
    startLine:
      message.kind === "request" ? [message.method, message.requestUri] : [message.statusCode, message.reasonPhrase],
    cseq: [message.cseqNumber, message.cseqMethod],
    callId: message.callId,
    branch: message.branch,
    fromTag: message.fromTag,
    toTag: message.toTag,
    body: message.body.end - message.body.start,
  };
}

function anomaliesOf(message: SipMessage): string[] {
  return message.anomalies.map(({ kind, field }) => (field === undefined ? kind : `${kind} ${field}`));
}

describe("torture messages of RFC 4475 and RFC 5118", () => {
  it("are all there", () => {
    const files = ["rfc4475", "rfc5118"].flatMap((folder) =>
      readdirSync(new URL(folder, root))
        .filter((file) => file.endsWith(".dat"))
        .map((file) => `${folder}/${file}`),
    );
    expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(Object.entries(expected))("%s gets its reading and its anomalies", (file, { anomalies, ...rest }) => {
    const message = read(file);
    expect(reading(message)).toEqual(rest);
    expect(anomaliesOf(message)).toEqual(anomalies);
    for (const { span } of message.anomalies) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(message.packet.end);
    }
  });

  /** Two where the quick reading is the more careful one: it takes nothing from a value that is broken. */
  const broken = ["rfc4475/badinv01.dat", "rfc4475/quotbal.dat"];
  it.each(Object.keys(expected).filter((file) => !broken.includes(file)))(
    "%s reads the same quickly and in full",
    (file) => {
      const message = read(file);
      expect(message.fromTag).toBe(message.first(from)?.tag ?? "");
      expect(message.toTag).toBe(message.first(to)?.tag ?? "");
      expect(message.branch).toBe(message.first(via)?.branch ?? "");
    },
  );

  it.each(readdirSync(new URL("rfc5118/as-archived", root)))(
    "%s with bare LF reads the same but for its line ends",
    (file) => {
      const bare = read(`rfc5118/as-archived/${file}`);
      const { body: _body, ...rest } = reading(bare);
      expect(expected[`rfc5118/${file}`]).toMatchObject(rest);
      expect(anomaliesOf(bare)).toContain("line-end");
    },
  );
});

describe("what the torture messages want noticed", () => {
  it("wsinv: folds and spaces do not hide values, compact and mixed-case names are the same fields", () => {
    const message = read("rfc4475/wsinv.dat");
    expect(message.all(via).map(({ sentProtocol, host, branch }) => [sentProtocol, host, branch])).toEqual([
      ["SIP/2.0/UDP", "192.0.2.2", "390skdjuw"],
      ["SIP/2.0/TCP", "spindle.example.com", "z9hG4bK9ikj8"],
      ["SIP/2.0/UDP", "192.168.255.111", "z9hG4bK30239"],
    ]);
    expect(message.first(contact)?.displayName).toBe('Quoted string ""');
    expect(message.first(contact)?.params.get("newparam")).toBe("newvalue");
    expect(message.first(contact)?.params.get("q")).toBe("0.33");
    expect(message.first(from)?.displayName).toBe('J Rosenberg \\"');
    expect(message.first(maxForwards)).toBe(68);
    expect(message.first(subject)).toBe("");
    expect(message.values("newfangledheader")).toEqual(["newfangled value continued newfangled value"]);
    expect(message.values("UnknownHeaderWithUnusualValue")).toEqual([";;,,;;,;"]);
    expect(parseUri(message.first(route)?.uri ?? "")?.params.get("unknownwith")).toBe("value");
  });

  it("intmeth: escaped control characters stay in the display name, quoted UTF-8 in a parameter", () => {
    const message = read("rfc4475/intmeth.dat");
    expect(message.first(to)?.displayName).toBe("BEL:\x07 NUL:\0 DEL:\x7F");
    expect(message.first(from)?.params.get("fromparam''~+*_!.-%")).toBe("работающий");
    expect(message.values("extensionHeader-!.%*+_`'~")).toEqual(["\uFEFF大停電"]);
    const uri = message.kind === "request" ? parseUri(message.requestUri) : undefined;
    expect(uri).toMatchObject({ host: "example.com", password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)" });
  });

  it("esc01: escapes are undone once", () => {
    const message = read("rfc4475/esc01.dat");
    expect(parseUri(message.first(to)?.uri ?? "")?.user).toBe("user");
    const uri = parseUri(message.first(contact)?.uri ?? "");
    expect(uri?.user).toBe("caller");
    expect([...(uri?.params ?? [])]).toEqual([
      ["lr", ""],
      ["name", "value%41"],
    ]);
  });

  it("escnull: an escaped NUL does not end a name", () => {
    const message = read("rfc4475/escnull.dat");
    expect(parseUri(message.first(to)?.uri ?? "")?.user).toBe("null-\0-null");
    expect(message.all(contact).map(({ uri }) => parseUri(uri)?.user)).toEqual(["\0", "\0\0"]);
  });

  it("esc02: a % in a method, header name or display name is no escape", () => {
    const message = read("rfc4475/esc02.dat");
    expect(message.count(contact)).toBe(2);
    expect(message.first(to)?.displayName).toBe("%Z%45");
  });

  it("longreq: all 34 Via values are read", () => {
    expect(read("rfc4475/longreq.dat").all(via)).toHaveLength(34);
  });

  it("semiuri: semicolon and escaped @ belong to the user", () => {
    const message = read("rfc4475/semiuri.dat");
    const uri = message.kind === "request" ? parseUri(message.requestUri) : undefined;
    expect(uri).toMatchObject({ user: "user;par=u@example.net", host: "example.com" });
    expect(message.all(accept).map(({ mediaType }) => mediaType)).toHaveLength(6);
  });

  it("transports: unknown transports are transports", () => {
    const transports = read("rfc4475/transports.dat")
      .all(via)
      .map(({ transport }) => transport);
    expect(transports).toEqual(["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"]);
  });

  it("mpart01: a binary part is framed by its boundary", () => {
    const message = read("rfc4475/mpart01.dat");
    const parts = bodyParts(message);
    expect(parts.map((part) => part.contentType?.mediaType)).toEqual(["text/plain", "application/octet-stream"]);
    expect(parts[0].span.end - parts[0].span.start).toBe("Hello".length);
    expect(message.first(identity)?.signature).toHaveLength(172);
    expect(message.first(date)?.timeMicros).toBe(Date.UTC(2005, 9, 15, 4, 44, 56) * 1000);
  });

  it("scalarlg: what is too large is still a value", () => {
    const message = read("rfc4475/scalarlg.dat");
    expect(message.first(retryAfter)?.seconds).toBeGreaterThan(2 ** 32);
    expect(message.first(warning)).toEqual({ code: 1812, agent: "overture", text: "In Progress" });
  });

  it("quotbal: the address is read although the quote is never closed", () => {
    expect(read("rfc4475/quotbal.dat").first(to)?.uri).toBe("sip:j.user@example.com");
  });

  it("bext01, sdp01, regaut01: what is asked for and offered is read", () => {
    const message = read("rfc4475/bext01.dat");
    expect(message.all(requireField)).toEqual(["nothingSupportsThis", "nothingSupportsThisEither"]);
    expect(message.all(proxyRequire)).toEqual(["noProxiesSupportThis", "norDoAnyProxiesSupportThis"]);
    expect(read("rfc4475/sdp01.dat").all(accept)[0].mediaType).toBe("text/nobodyknowsthis");
    const credentials = read("rfc4475/regaut01.dat").first(authorization);
    expect(credentials?.scheme).toBe("NoOneKnowsThisScheme");
    expect(credentials?.params.get("opaque-data")).toBe("here");
  });

  it("cparam01 and cparam02: brackets decide whose the parameter is; regescrt: an escaped header stays in the URI", () => {
    const bare = read("rfc4475/cparam01.dat").first(contact);
    expect([bare?.uri, bare?.params.has("unknownparam")]).toEqual(["sip:+19725552222@gw1.example.net", true]);
    const bracketed = read("rfc4475/cparam02.dat").first(contact);
    expect([bracketed?.uri, bracketed?.params.size]).toEqual(["sip:+19725552222@gw1.example.net;unknownparam", 0]);
    const uri = parseUri(read("rfc4475/regescrt.dat").first(contact)?.uri ?? "");
    expect(uri?.headers.get("route")).toBe("<sip:sip.example.com>");
  });

  it("bcast: both Via values are read", () => {
    expect(read("rfc4475/bcast.dat").all(via)[1].host).toBe("255.255.255.255");
  });

  it("inv2543: without Content-Length the body runs to the end of the datagram", () => {
    const message = read("rfc4475/inv2543.dat");
    expect(message.body.end).toBe(message.packet.end);
    expect(sessionDescription(message)?.media).toHaveLength(1);
  });

  it("IPv6: colons within the brackets start no port", () => {
    const portOf = (file: string): unknown => {
      const message = read(`rfc5118/${file}`);
      const { host, port } = (message.kind === "request" && parseUri(message.requestUri)) || { host: "", port: 0 };
      return [host, port];
    };
    expect(portOf("port-ambiguous.dat")).toEqual(["2001:db8::10:5070", undefined]);
    expect(portOf("port-unambiguous.dat")).toEqual(["2001:db8::10", 5070]);
    expect(portOf("ipv6-bug-abnf-3-colons.dat")).toEqual(["2001:db8:::192.0.2.1", undefined]);
  });

  it.each(["via-received-param-with-delim.dat", "via-received-param-no-delim.dat"])(
    "%s: received reads the same",
    (file) => {
      expect(read(`rfc5118/${file}`).first(via)).toMatchObject({ host: "2001:db8::9:1", received: "2001:db8::9:255" });
    },
  );

  it("IPv6 and IPv4 mixed in Via and in SDP", () => {
    const vias = read("rfc5118/mult-ip-in-header.dat").all(via);
    expect(vias.map(({ host, port, received }) => [host, port, received])).toEqual([
      ["2001:db8::9:1", 6050, undefined],
      ["192.0.2.1", undefined, undefined],
      ["2001:db8::9:255", undefined, "192.0.2.200"],
    ]);
    const media = sessionDescription(read("rfc5118/mult-ip-in-sdp.dat"))?.media ?? [];
    expect(media.map(({ addressFamily, address }) => [addressFamily, address])).toEqual([
      ["IP4", "192.0.2.1"],
      ["IP6", "2001:db8::1"],
    ]);
    expect(sessionDescription(read("rfc5118/ipv6-in-sdp.dat"))).toMatchObject({
      address: "2001:db8::20",
      addressFamily: "IP6",
      origin: { address: "2001:db8::20" },
    });
  });
});
