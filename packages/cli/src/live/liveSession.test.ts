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
    onClient: ({ rule }) => void told.push(rule),
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

test("who tries many users in vain is told once, when nothing was accepted for as long as an answer may take", () => {
  const { session, told, wait } = listen();
  const log = Array.from({ length: 9 }, (_, index) => refusedRegistration(index)).join("\n");
  session.push(new TextEncoder().encode(log));
  const early = told.filter((each) => each === "many-users-tried");
  wait(60);
  expect(early).toEqual([]);
  expect(told.filter((each) => each === "many-users-tried")).toHaveLength(1);
});

/** As sngrep saves it. */
function refusedRegistration(index: number): string {
  const time = (millis: number): string => `2026/08/01 10:00:0${index}.${String(millis).padStart(6, "0")}`;
  const fields = `Via: SIP/2.0/UDP 10.0.0.66:5060;branch=z9hG4bK${index}
From: <sip:10${index}@example.com>;tag=f${index}
To: <sip:10${index}@example.com>
Call-ID: c${index}@10.0.0.66
CSeq: 1 REGISTER
Content-Length: 0

`;
  return `${time(0)} 10.0.0.66:5060 -> 10.0.0.2:5060
REGISTER sip:example.com SIP/2.0
Max-Forwards: 70
Contact: <sip:10${index}@10.0.0.66>
${fields}
${time(100)} 10.0.0.2:5060 -> 10.0.0.66:5060
SIP/2.0 404 Not Found
${fields}`;
}

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
