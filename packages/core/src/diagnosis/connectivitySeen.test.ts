import { expect, test } from "vitest";
import { endpointOf } from "../network/endpoint.ts";
import type { ConnectivityChecks, DtlsHandshake } from "../network/packet.ts";
import { ConnectivitySeen } from "./connectivitySeen.ts";

const [here, there] = [endpointOf("10.0.0.1", 4000), endpointOf("10.0.0.2", 5000)];

/** Times are seconds. */
function checks(first: number, last: number, more: Partial<ConnectivityChecks> = {}): ConnectivityChecks {
  return {
    kind: "connectivity-checks",
    capture: 0,
    frame: 1,
    firstMicros: first * 1e6,
    timeMicros: last * 1e6,
    username: "bbbb:aaaa",
    checks: 10,
    successes: 0,
    firstSuccessMicros: Number.NaN,
    lastSuccessMicros: Number.NaN,
    unanswered: 10,
    errorCode: 0,
    errors: 0,
    source: here,
    destination: there,
    ...more,
  };
}

function handshake(first: number, last: number, more: Partial<DtlsHandshake> = {}): DtlsHandshake {
  return {
    kind: "dtls-handshake",
    capture: 0,
    frame: 1,
    firstMicros: first * 1e6,
    timeMicros: last * 1e6,
    hellos: 1,
    isAnswered: false,
    repeatedHellos: 0,
    isComplete: false,
    alert: "",
    isSealed: false,
    isAlertOfServer: false,
    source: here,
    destination: there,
    ...more,
  };
}

test("checks are found by the user fragments of who sends them and of who gets them", () => {
  const seen = new ConnectivitySeen();
  expect(seen.isEmpty).toBe(true);
  seen.push(checks(0, 5));
  expect(seen.isEmpty).toBe(false);
  expect(seen.checks("aaaa", "bbbb", 0, 60e6)).toHaveLength(1);
  expect(seen.checks("bbbb", "aaaa", 0, 60e6)).toEqual([]);
});

test("what is known of a way later stands for what was known before", () => {
  const seen = new ConnectivitySeen();
  seen.push(checks(0, 5));
  seen.push(checks(0, 10, { checks: 20 }));
  seen.push(checks(0, 10, { destination: endpointOf("10.0.0.3", 5000) }));
  expect(seen.checks("aaaa", "bbbb", 0, 60e6)).toMatchObject([{ checks: 20 }, { checks: 10 }]);
});

test("checks and handshakes are told where they were under way in the time that is asked for", () => {
  const seen = new ConnectivitySeen();
  seen.push(checks(10, 20));
  seen.push(handshake(10, 20));
  for (const [since, until, found] of [
    [0, 9e6, 0],
    [15e6, 16e6, 1],
    [21e6, 30e6, 0],
  ]) {
    expect(seen.checks("aaaa", "bbbb", since, until)).toHaveLength(found);
    expect(seen.handshakes(here, there, since, until)).toHaveLength(found);
  }
});

test("a handshake is found whoever began it", () => {
  const seen = new ConnectivitySeen();
  seen.push(handshake(0, 1));
  seen.push(handshake(2, 3, { source: there, destination: here }));
  expect(seen.handshakes(here, there, 0, 60e6)).toHaveLength(2);
  expect(seen.handshakes(here, endpointOf("10.0.0.2", 5002), 0, 60e6)).toEqual([]);
});

test("where more was seen than is kept, it is told", () => {
  const seen = new ConnectivitySeen();
  expect(seen.incident()).toBeUndefined();
  for (let i = 0; i < 70_000; i++) seen.push(checks(i, i + 1, { username: `b:${i}` }));
  expect(seen.checks("1", "b", 0, 1e12)).toEqual([]);
  expect(seen.checks("69999", "b", 0, 1e12)).toHaveLength(1);
  expect(seen.incident()).toMatchObject({ kind: "limit-reached", values: { limit: "connectivity-checks" } });
});
