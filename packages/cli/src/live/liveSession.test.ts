import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CallReport } from "@sipwhy/core";
import { language } from "@sipwhy/core/language/en";
import { describe, expect, test } from "vitest";
import { type LiveCall, LiveSession } from "./liveSession.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url))));

interface Heard {
  readonly session: LiveSession;
  /** `486 callee-busy`, `final 486`, `final 486 known`. */
  readonly told: string[];
  wait(seconds: number): void;
}

function listen(isPrompt = true, readKeyLog?: () => string): Heard {
  const told: string[] = [];
  let millis = 0;
  const session = new LiveSession({
    language,
    name: "any",
    messages: false,
    credentials: [],
    isPrompt,
    readKeyLog,
    now: () => millis,
    onConnection: ({ rule, cause }) => void told.push(`${rule} ${cause}`),
    onCall: (call: CallReport, { news, isFinal, isKnown }: LiveCall) =>
      void told.push(
        [
          ...(isFinal ? ["final"] : []),
          call.outcome.statusCode ?? call.outcome.kind,
          ...news.map(({ rule }) => rule),
          ...(isKnown ? ["known"] : []),
        ].join(" "),
      ),
  });
  return {
    session,
    told,
    wait(seconds) {
      for (let second = 0; second < seconds; second++) {
        millis += 1000;
        session.tick();
      }
    },
  };
}

test("a connection that was not set up is told when that is seen, and once", () => {
  const { session, told } = listen();
  session.push(fixture("tls/failed-chain.pcap"));
  expect(told).toEqual(["tls-handshake-failed chain-incomplete"]);
  expect(session.finish().findings).toMatchObject([{ cause: "chain-incomplete" }]);
  expect(told).toHaveLength(1);
});

describe("a call that ended", () => {
  test("is told within seconds with what is certain, and not again when nothing is new after the wait", () => {
    const { session, told, wait } = listen();
    session.push(fixture("captures/i-486.pcap"));
    expect(told).toEqual([]);
    wait(5);
    expect(told).toEqual(["486 callee-busy"]);
    wait(60);
    expect(told).toEqual(["486 callee-busy", "final 486 known"]);
  });

  test("is told what only silence shows when the silence was long enough: time that passes without a packet counts", () => {
    const { session, told, wait } = listen();
    session.push(fixture("captures/i-408-uas-silent-blackhole.pcap"));
    wait(60);
    const findings = told.flatMap((line) => line.split(" ")).filter((word) => word.includes("-"));
    expect(findings).not.toEqual([]);
    expect(told.at(-1)).toMatch(/^final /u);
  });

  test("is told once with its end when the run ends before the wait is over", () => {
    const { session, told } = listen();
    session.push(fixture("captures/i-486.pcap"));
    const report = session.finish();
    expect(told).toEqual(["final 486 callee-busy"]);
    expect([report.calls, report.totals.calls]).toEqual([[], 1]);
  });
});

test("of what somebody else captures, silence says nothing: it may not have been handed on yet", () => {
  const { session, told, wait } = listen(false);
  session.push(fixture("captures/i-486.pcap"));
  wait(600);
  expect(told).toEqual(["486 callee-busy"]);
  session.finish();
  expect(told).toEqual(["486 callee-busy", "final 486 known"]);
});

describe("with a TLS key log", () => {
  const pcap = fixture("tls/tls13-psk.pcap");
  const keys = String(Buffer.from(fixture("tls/tls13-psk.keys")));

  test("packets wait, so that the keys of a connection may come after they were used", () => {
    let written = "";
    const { session, wait } = listen(true, () => written);
    session.push(pcap);
    wait(1);
    written = keys;
    wait(3);
    expect(session.totals.messages).toBe(12);
  });

  test("what still waits when the run ends is read", () => {
    const { session } = listen(true, () => keys);
    session.push(pcap);
    expect(session.finish().totals.messages).toBe(12);
  });

  test("what is more than memory is meant for does not wait", () => {
    const { session } = listen(true, () => keys);
    session.push(pcap);
    session.push(new Uint8Array(17 * 1024 * 1024));
    expect(session.totals.messages).toBe(12);
  });
});
