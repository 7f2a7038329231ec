import * as fc from "fast-check";
import { expect, test } from "vitest";
import { endpointAt, endpointOf, inferredEndpointOf } from "./endpoint.ts";
import { networkLimits } from "./limits.ts";
import type { Endpoint } from "./packet.ts";
import { parseIpv4, parseIpv6 } from "../bytes/parseAddress.ts";
import { ipv6Text } from "./ipAddress.ts";
import { RecentMap } from "./recentMap.ts";

test("the same address and port give the same object, from the wire and from text", () => {
  const wire = endpointAt(new Uint8Array([10, 9, 0, 30]), 0, 4, 5060);
  expect(wire).toEqual({ address: "10.9.0.30", port: 5060, text: "10.9.0.30:5060", host: "10.9.0.30" });
  expect(endpointOf("10.9.0.30", 5060)).toBe(wire);
  expect(endpointOf("10.9.0.30", 5061)).not.toBe(wire);
  const six = endpointAt(parseIpv6("fd00:9::30")!, 0, 16, 5060);
  expect(six.text).toBe("[fd00:9::30]:5060");
  expect(endpointOf("FD00:0009:0:0::30", 5060)).toBe(six);
  expect(endpointOf("[fd00:9::30]", 5060)).toBe(six);
});

test.each([
  ["whatever they are", (i: number) => i],
  [
    "also where none of them takes its place",
    (i: number) => (i & 127) * 2 + ((i >> 7) & 127) * 0x200 + (i >> 14) * 0x2_0000,
  ],
])("an endpoint that is in use stays the same object while many others come by, %s", (_which, nth) => {
  const [own, others] = [parseIpv4("10.8.0.31")!, parseIpv4("172.16.0.0")!];
  const found = new Set<Endpoint>();
  for (let i = 0; i < 2 * networkLimits.endpoints; i++) {
    ipv4EndpointAt(others + nth(i));
    if (i % 100 === 0) found.add(ipv4EndpointAt(own));
  }
  for (let i = 0; i < 1000; i++) ipv4EndpointAt(others + i);
  found.add(ipv4EndpointAt(own));
  expect(found.size).toBe(1);
});

function ipv4EndpointAt(address: number): Endpoint {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, address);
  return endpointAt(bytes, 0, 4, 5060);
}

test("an inferred endpoint is told from one that was seen", () => {
  expect(inferredEndpointOf("10.9.0.30", 5060)).toMatchObject({ inferred: true });
  expect(endpointOf("10.9.0.30", 5060).inferred).toBeUndefined();
});

test("the host of an endpoint is its address, unless the machine is known by something else", () => {
  expect(inferredEndpointOf("10.9.0.30", 5060)).toMatchObject({ host: "10.9.0.30" });
  const inside = inferredEndpointOf("10.9.0.30", 5060, "log 0");
  expect(inside).toMatchObject({ address: "10.9.0.30", host: "log 0" });
  expect(inferredEndpointOf("203.0.113.5", 5060, "log 0").host).toBe(inside.host);
  expect(inferredEndpointOf("10.9.0.30", 5060)).not.toBe(inside);
});

test("on the loopback each port is a host, unless other addresses of it are used as hosts", () => {
  expect(endpointOf("127.0.0.1", 5060).host).not.toBe(endpointOf("127.0.0.1", 5080).host);
  expect(endpointOf("::1", 5060).host).not.toBe(endpointOf("::1", 5080).host);
  expect(endpointOf("127.0.0.2", 5060).host).toBe(endpointOf("127.0.0.2", 5080).host);
});

test.each([
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:0db8::0001", "2001:db8::1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["0:0:0:0:0:0:0:0", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["::FFFF:192.0.2.1", "::ffff:192.0.2.1"],
])("%s is written %s (RFC 5952)", (input, text) => {
  expect(ipv6Text(parseIpv6(input)!, 0)).toBe(text);
});

test("what is no address is not read as one", () => {
  for (const text of ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", "a.b.c.d"])
    expect(parseIpv4(text)).toBeUndefined();
  for (const text of ["", "1:2", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "g::"])
    expect(parseIpv6(text)).toBeUndefined();
});

test("text and bytes of IPv6 addresses go round", () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(bytes, (address) => {
      expect(parseIpv6(ipv6Text(address, 0))).toEqual(address);
    }),
  );
});

test("a recent map forgets what was used least recently, and never holds more than its limit", () => {
  const dropped: number[] = [];
  const map = new RecentMap<number, number>(10, (values) => dropped.push(...values));
  for (let i = 0; i < 100; i++) {
    map.set(i, i);
    expect(map.get(0)).toBe(0);
    expect(map.size).toBeLessThanOrEqual(10);
  }
  expect(map.get(1)).toBeUndefined();
  expect(dropped).not.toContain(0);
});
