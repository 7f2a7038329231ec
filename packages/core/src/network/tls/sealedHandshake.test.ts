import { describe, expect, test } from "vitest";
import { SealedHandshake } from "./sealedHandshake.ts";

const [SHA_256, SHA_384] = [32, 48];
/** A record as long as a Certificate without any, as an alert, as a session ticket. */
const [EMPTY, ALERT, TICKET] = [25, 19, 234];

describe("by the sizes of sealed records", () => {
  test("a client that was asked for nothing only finishes, whatever the hash", () => {
    for (const hashBytes of [SHA_256, SHA_384]) {
      const sealed = new SealedHandshake();
      sealed.fromClient(21 + hashBytes, hashBytes, 0);
      expect(sealed.isOver).toBe(true);
      expect(sealed.end(true, 1)).toBe(false);
    }
  });

  test("a client that rejects its server sends an alert and was asked for nothing that can be seen", () => {
    const sealed = new SealedHandshake();
    sealed.fromClient(ALERT, SHA_256, 0);
    expect([sealed.clientCertificate, sealed.isOver]).toEqual([undefined, true]);
  });

  test.each([
    ["none", EMPTY],
    ["none", 21 + SHA_256 + 8],
    ["shown", 900],
  ])("a client gave a certificate: %s", (certificate, bytes) => {
    const sealed = new SealedHandshake();
    sealed.fromClient(bytes, SHA_256, 0);
    expect(sealed.clientCertificate).toBe(certificate);
  });

  test("a server that goes on has taken it", () => {
    const sealed = new SealedHandshake();
    sealed.fromClient(900, SHA_256, 0);
    sealed.fromServer(TICKET);
    expect(sealed.end(true, 1000)).toBe(false);
  });

  test("an end by the client alone is no refusal, whatever its server says to that", () => {
    const closed = new SealedHandshake();
    closed.fromClient(EMPTY, SHA_256, 0);
    expect(closed.end(false, 1000)).toBe(false);
    closed.fromServer(ALERT);
    expect(closed.end(true, 1000)).toBe(false);
    const saidSo = new SealedHandshake();
    saidSo.fromClient(900, SHA_256, 0);
    saidSo.fromClient(ALERT, SHA_256, 10);
    saidSo.fromServer(ALERT);
    expect(saidSo.end(true, 1000)).toBe(false);
  });

  test("what may be an alert of the server makes an end a refusal, be it that the client closes first", () => {
    const sealed = new SealedHandshake();
    sealed.fromClient(EMPTY, SHA_256, 0);
    sealed.fromClient(53, SHA_256, 1);
    sealed.fromClient(600, SHA_256, 2);
    sealed.fromServer(ALERT);
    expect(sealed.end(false, 1000)).toBe(true);
  });

  test.each([
    [true, 9_000_000],
    [false, 60_000_000],
  ])("a server that closes at once refuses, one that closes long after was idle: %s", (isRefusal, timeMicros) => {
    const sealed = new SealedHandshake();
    sealed.fromClient(900, SHA_256, 0);
    expect(sealed.end(true, timeMicros)).toBe(isRefusal);
  });
});
