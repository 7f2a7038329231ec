import { describe, expect, test } from "vitest";
import { language } from "../../language/languages/en.ts";
import type { CallRecord } from "../callRecord.ts";
import { tellCall } from "../tellCall.ts";
import type { Judgement } from "../recordCall.ts";
import { shapeOf } from "./callShape.ts";
import { RecordBook } from "./recordBook.ts";
import { RecordEncoder } from "./recordEncoder.ts";
import type { Space } from "../../bytes/space.ts";
import { spaceOf } from "../../bytes/space.fixture.ts";

/** The nth of calls that differ, some of them with a finding. */
function recordOf(n: number): CallRecord {
  const evidence = [{ capture: 0, frame: n, time: "2026-11-22T07:00:00.000000Z", quote: `通話 ${n} \ud800` }];
  const origin = { address: `10.0.0.${n % 7}:5060`, orBehind: false, basis: [] };
  const finding = {
    rule: "callee-busy",
    verdict: "certain",
    statusCode: 486,
    origin,
    evidence,
    values: { callee: "x" },
  };
  return {
    kind: "call",
    callIds: [`call-${n}`],
    from: "sip:a@example.com",
    to: "sip:b@example.com",
    startTime: "2026-11-22T07:00:00.000000Z",
    durationSeconds: n,
    outcome: n % 2 === 0 ? { kind: "busy", statusCode: 486 } : { kind: "answered", statusCode: 200 },
    links: [],
    findings: n % 2 === 0 ? [finding as CallRecord["findings"][number]] : [],
  };
}

function judged(record: CallRecord): Judgement {
  return { shape: shapeOf(record), record: () => record };
}

/** So many calls, the last to begin added first, a few at a time. */
function bookOf(count: number, space?: Space): RecordBook {
  const book = new RecordBook(space, 1000);
  const encoder = new RecordEncoder();
  for (let n = count; n-- > 0;) {
    encoder.add(n * 3, judged(recordOf(n)));
    if (n % 5 === 0) book.add(encoder.take());
  }
  return book;
}

const told = (count: number): unknown =>
  Array.from({ length: count }, (_, n) => JSON.parse(JSON.stringify(tellCall(recordOf(n), String(n + 1), language))));

describe.each([
  ["in memory", () => undefined],
  ["in a space of its own", () => spaceOf(1_000_000)],
  ["half in a space that is full", () => spaceOf(40_000)],
])("calls that were put aside %s", (_where, makeSpace) => {
  test("come back in the order in which they began, as they were", () => {
    const book = bookOf(200, makeSpace());
    expect(JSON.parse(JSON.stringify(book.calls(language)))).toEqual(told(200));
    expect(book.told(language).map((call) => JSON.parse(JSON.stringify(call)))).toEqual(told(200));
  });

  test("say one thing at a time too", () => {
    const calls = bookOf(30, makeSpace()).calls(language);
    expect(calls.map(({ id, outcome, callIds }) => [id, outcome.statusCode, callIds[0]])[7]).toEqual([
      "8",
      200,
      "call-7",
    ]);
    const [finding] = calls[8].findings;
    expect([finding.rule, finding.origin?.address, finding.evidence[0].frame]).toEqual([
      "callee-busy",
      "10.0.0.1:5060",
      8,
    ]);
    expect(finding.title).toBe(tellCall(recordOf(8), "9", language).findings[0].title);
  });
});

test("of calls that are alike those that began first are told, whenever they ended, and of the others their shape", () => {
  const book = new RecordBook();
  const encoder = new RecordEncoder(3);
  const orders = [40, 10, 50, 20, 60, 30, 0];
  for (const order of orders) encoder.add(order, judged(recordOf(2)));
  encoder.add(70, judged(recordOf(1)));
  book.add(encoder.take());
  const calls = book.calls(language);
  expect(calls.map(({ outcome }) => outcome.kind)).toEqual([...orders.map(() => "busy"), "answered"]);
  expect(calls[5].findings.map(({ rule, origin }) => [rule, origin?.address])).toEqual([
    ["callee-busy", "10.0.0.2:5060"],
  ]);
  expect([...calls.slice(0, 3), calls[7]].map(({ callIds }) => callIds[0])).toEqual([
    "call-2",
    "call-2",
    "call-2",
    "call-1",
  ]);
  expect(() => calls[6].callIds).toThrow("only its shape was kept");
});

test("bytes go to the space when there are many", () => {
  const space = spaceOf(1_000_000);
  bookOf(200, space);
  expect(space.used).toBeGreaterThan(50_000);
});

test("where every call is of another shape, those beyond a limit are read from their records", () => {
  const book = new RecordBook();
  const encoder = new RecordEncoder();
  const count = 20_050;
  for (let n = 0; n < count; n++)
    encoder.add(n, judged({ ...recordOf(1), outcome: { kind: "failed", statusCode: n } }));
  book.add(encoder.take());
  expect(book.calls(language).map(({ outcome }) => outcome.statusCode)).toEqual(
    Array.from({ length: count }, (_, n) => n),
  );
});
