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
  RST,
  SYN,
  u16,
} from "../bytes.fixture.ts";
import type { TlsFailure } from "../packet.ts";

const HANDSHAKE = 22;
const CCS = 20;
const DATA = 23;

function record(type: number, body: number[]): number[] {
  return [type, 3, 3, ...u16(body.length), ...body];
}

function extension(type: number, body: number[]): number[] {
  return [...u16(type, body.length), ...body];
}

function clientHello(name: string, alpn = ""): number[] {
  const serverName = name === "" ? [] : extension(0, [...u16(name.length + 3), 0, ...u16(name.length), ...ascii(name)]);
  const protocols = alpn === "" ? [] : extension(16, [...u16(alpn.length + 1), alpn.length, ...ascii(alpn)]);
  const extensions = [...serverName, ...protocols];
  const random = Array.from({ length: 32 }, () => 7);
  const body = [3, 3, ...random, 0, ...u16(2, 0x1301), 1, 0, ...u16(extensions.length), ...extensions];
  return record(HANDSHAKE, [1, 0, ...u16(body.length), ...body]);
}

const SERVER_HELLO = record(HANDSHAKE, [2, 0, 0, 2, 3, 3]);
const UNKNOWN_CA = record(21, [2, 48]);
const FINISHED_12 = [
  ...record(CCS, [1]),
  ...record(
    HANDSHAKE,
    Array.from({ length: 40 }, () => 9),
  ),
];
const FINISHED_13 = [
  ...record(CCS, [1]),
  ...record(
    DATA,
    Array.from({ length: 53 }, () => 9),
  ),
];
const ENCRYPTED_ALERT_13 = record(
  DATA,
  Array.from({ length: 19 }, () => 9),
);

interface Side {
  sequence: number;
}

/** A connection from port 40000 to `port`, as frames that are made as it is told. */
function connection(port = 5061) {
  const client: Side = { sequence: 1000 };
  const server: Side = { sequence: 5000 };
  const frames: FrameBytes[] = [];
  const send = (back: boolean, payload: number[], flags = ACK): void => {
    const side = back ? server : client;
    const ports = back ? u16(port, 40_000) : u16(40_000, port);
    const sequence = u16(0, side.sequence);
    const segment = [...ports, ...sequence, ...u16(0, 0), 0x50, flags, ...u16(65_535, 0, 0), ...payload];
    const sides = back ? { source: PROXY, destination: ALICE } : {};
    frames.push({ bytes: ethernet(ipv4(segment, { protocol: 6, id: 0, ...sides })) });
    side.sequence += payload.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
  };
  send(false, [], SYN);
  send(true, [], SYN | ACK);
  return {
    frames,
    client: (payload: number[], flags?: number) => send(false, payload, flags),
    server: (payload: number[], flags?: number) => send(true, payload, flags),
  };
}

function failuresOf(frames: readonly FrameBytes[]): TlsFailure[] {
  return observe(frames).events.filter((event): event is TlsFailure => "alert" in event);
}

describe("a TLS handshake on a port of SIP", () => {
  test("that ends with a fatal alert is told with the alert, its sender and the name that was asked for", () => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    tls.server(SERVER_HELLO);
    tls.client(UNKNOWN_CA);
    tls.client([], FIN | ACK);
    const [failure, ...more] = failuresOf(tls.frames);
    expect(more).toEqual([]);
    expect(failure).toMatchObject({ kind: "tls-alert", alert: "unknown_ca", serverName: "sip.example.com", frame: 5 });
    expect(failure.source.text).toBe("10.9.0.10:40000");
    expect(failure.server.text).toBe("10.9.0.20:5061");
  });

  test("that failed is no connection that keys would open, one that was completed is", () => {
    const failed = connection();
    failed.client(clientHello("sip.example.com"));
    failed.server(SERVER_HELLO);
    failed.client(UNKNOWN_CA);
    expect(observe(failed.frames).incidents).toEqual([]);
    const completed = connection();
    completed.client(clientHello("sip.example.com"));
    completed.server([...SERVER_HELLO, ...FINISHED_12]);
    completed.client(FINISHED_12);
    completed.client(record(DATA, [1, 2, 3]));
    expect(observe(completed.frames).incidents).toMatchObject([
      { kind: "encrypted", count: 1, frame: 3, values: { reason: "no-keys" } },
    ]);
  });

  test.each([
    ["FIN", FIN | ACK],
    ["RST", RST | ACK],
  ])("that ends with %s before it is complete is told with who ended it", (_name, flags) => {
    const tls = connection();
    tls.client(clientHello(""));
    tls.server([], flags);
    expect(failuresOf(tls.frames)).toMatchObject([{ kind: "tls-closed", alert: "", source: { port: 5061 } }]);
  });

  test("whose last word is an encrypted alert, as in TLS 1.3, is told as closed", () => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    tls.server([...SERVER_HELLO, ...FINISHED_13]);
    tls.client([...record(CCS, [1]), ...ENCRYPTED_ALERT_13]);
    tls.client([], FIN | ACK);
    expect(failuresOf(tls.frames)).toMatchObject([{ kind: "tls-closed", source: { port: 40_000 } }]);
  });

  test.each([
    ["TLS 1.2", FINISHED_12],
    ["TLS 1.3", FINISHED_13],
  ])("that is completed by %s is not told, whatever comes later", (_version, finished) => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    tls.server(SERVER_HELLO);
    tls.client(finished);
    tls.server(finished);
    tls.client(record(DATA, [1, 2, 3]));
    tls.server(UNKNOWN_CA);
    tls.server([], RST | ACK);
    expect(failuresOf(tls.frames)).toEqual([]);
  });

  test("that is still going on when the capture ends is not told", () => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    tls.server(SERVER_HELLO);
    expect(failuresOf(tls.frames)).toEqual([]);
  });

  test.each([0, 1])("of which bytes are missing is not told as closed", (before) => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    for (let i = 0; i < before; i++) tls.server(SERVER_HELLO);
    tls.server(FINISHED_12);
    tls.frames.pop();
    tls.server(record(HANDSHAKE, [1, 2]));
    tls.server([], RST | ACK);
    expect(failuresOf(tls.frames)).toEqual([]);
  });

  test("with a warning that does not end it is not told", () => {
    const tls = connection();
    tls.client(clientHello("sip.example.com"));
    tls.server([...record(21, [1, 112]), ...SERVER_HELLO]);
    expect(failuresOf(tls.frames)).toEqual([]);
  });

  test("gives the same, however its bytes are cut into segments", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const tls = connection();
        const bytes = [...clientHello("sip.example.com"), ...UNKNOWN_CA];
        // The first bytes of a connection tell TLS by its record header.
        let at = 5;
        tls.client(bytes.slice(0, at));
        for (const size of sizes) {
          tls.client(bytes.slice(at, at + size));
          at += size;
        }
        if (at < bytes.length) tls.client(bytes.slice(at));
        expect(failuresOf(tls.frames)).toMatchObject([{ alert: "unknown_ca", serverName: "sip.example.com" }]);
      }),
    );
  });
});

describe("a TLS handshake on another port", () => {
  function failed(name: string, alpn = ""): TlsFailure[] {
    const tls = connection(443);
    tls.client(clientHello(name, alpn));
    tls.server(UNKNOWN_CA);
    return failuresOf(tls.frames);
  }

  test("is told where the client asks for a server of SIP, by name or protocol", () => {
    expect(failed("sip.example.com")).toHaveLength(1);
    expect(failed("eu1.sbc-2.example.com")).toHaveLength(1);
    expect(failed("example.com", "sip/2")).toHaveLength(1);
  });

  test("is not looked at otherwise", () => {
    expect(failed("www.example.com")).toEqual([]);
    expect(failed("gossip.example.com")).toEqual([]);
    expect(failed("")).toEqual([]);
  });
});

test("a hello that is cut or absurd is no reason to stop", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const tls = connection();
      tls.client(record(HANDSHAKE, [1, ...bytes]));
      tls.server([...bytes, ...UNKNOWN_CA]);
      expect(() => failuresOf(tls.frames)).not.toThrow();
    }),
  );
});
