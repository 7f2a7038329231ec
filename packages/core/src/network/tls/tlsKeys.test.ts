import { describe, expect, test } from "vitest";
import { networkLimits } from "../limits.ts";
import type { TlsCrypto } from "./tlsCrypto.ts";
import { TlsKeys } from "./tlsKeys.ts";

const crypto = {} as TlsCrypto;
const random = new Uint8Array(32).fill(0x0a);
const hex = "0a".repeat(32);

function keysWith(log: string): TlsKeys {
  const keys = new TlsKeys(crypto);
  keys.add(log);
  return keys;
}

describe("a key log", () => {
  test("gives the secrets of a connection by label, in either case of hexadecimal, whatever else is in it", () => {
    const keys = keysWith(
      [
        "# comment",
        "",
        `CLIENT_TRAFFIC_SECRET_0 ${hex.toUpperCase()} ${"AB".repeat(32)}\r`,
        `SERVER_TRAFFIC_SECRET_0\t${hex}  ${"cd".repeat(48)} `,
        `EXPORTER_SECRET ${hex} ${"ef".repeat(32)}`,
        "RSA Session-ID:0102 Master-Key:03",
        `CLIENT_RANDOM ${hex} ${"zz".repeat(48)}`,
        `CLIENT_RANDOM ${hex} 0`,
        `CLIENT_RAN`,
      ].join("\n"),
    );
    expect(keys.knows(random)).toBe(true);
    expect(keys.secret(random, "CLIENT_TRAFFIC_SECRET_0")).toEqual(new Uint8Array(32).fill(0xab));
    expect(keys.secret(random, "SERVER_TRAFFIC_SECRET_0")).toEqual(new Uint8Array(48).fill(0xcd));
    expect(keys.secret(random, "CLIENT_RANDOM")).toBeUndefined();
    expect(keys.knows(new Uint8Array(32))).toBe(false);
  });

  test("is of no use without primitives", () => {
    const keys = new TlsKeys();
    keys.add(`CLIENT_RANDOM ${hex} ${"ab".repeat(48)}`);
    expect(keys.isAvailable).toBe(false);
    expect(keys.knows(random)).toBe(false);
  });

  test("of more connections than are kept loses the oldest, and counts them", () => {
    const keys = new TlsKeys(crypto);
    const count = networkLimits["tls-secrets"] + 10;
    for (let i = 0; i < count; i++) keys.add(`CLIENT_RANDOM ${i.toString(16).padStart(64, "0")} ${"ab".repeat(48)}\n`);
    expect(keys.forgotten).toBeGreaterThan(0);
    expect(keys.forgotten).toBeLessThanOrEqual(count);
    expect(keys.isAvailable).toBe(true);
  });
});
