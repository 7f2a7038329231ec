import { describe, expect, test } from "vitest";
import type { CallReport } from "../diagnosis/report.ts";
import { groupFindings } from "./groupFindings.ts";
import { answeredCall, busyCall, failedCall, gatewayFinding, silentFinding, timedOutCall } from "./report.fixture.ts";
import { selectCalls, wentWrong } from "./selectCalls.ts";
import { reportOf } from "./report.fixture.ts";

describe("findings", () => {
  test("of one failure are one group with all its calls", () => {
    const groups = groupFindings([failedCall, { ...failedCall, id: "9" }, timedOutCall]);
    expect(groups.map(({ finding, calls }) => [finding.rule, calls.map(({ id }) => id)])).toEqual([
      ["gateway-destination-out-of-order", ["1", "9"]],
      ["request-timed-out", ["4"]],
    ]);
  });

  test("of another origin, code, cause or verdict are another group", () => {
    const changes = [
      { origin: { ...gatewayFinding.origin!, address: "10.9.0.31:5060" } },
      { statusCode: 503 },
      { cause: "destination" },
      { verdict: "likely" as const },
    ];
    const calls = changes.map((change) => ({ ...failedCall, findings: [{ ...gatewayFinding, ...change }] }));
    expect(groupFindings([failedCall, ...calls])).toHaveLength(5);
  });

  test("of another element are another group, unless there are many of them", () => {
    const silent = (address: string): CallReport => ({
      ...timedOutCall,
      id: address,
      findings: [{ ...silentFinding, origin: undefined, element: address }],
    });
    const groupsOf = (addresses: readonly string[]): string[][] =>
      groupFindings(addresses.map(silent)).map(({ calls }) => calls.map(({ id }) => id));
    expect(groupsOf(["a", "b", "a"])).toEqual([["a", "a"], ["b"]]);
    expect(groupsOf(["a", "b", "c", "d", "e"])).toHaveLength(5);
    expect(groupsOf(["a", "b", "c", "d", "e", "f"])).toEqual([["a", "b", "c", "d", "e", "f"]]);
  });

  test("of a ping that failed come after those of calls, however often it did", () => {
    const ping = { ...timedOutCall, kind: "options" as const };
    const spoiled = { ...answeredCall, findings: [{ ...silentFinding, rule: "ack-missing" }] };
    const rules = groupFindings([ping, { ...ping, id: "8" }, { ...ping, id: "9" }, failedCall, spoiled, busyCall]);
    expect(rules.map(({ finding }) => finding.rule)).toEqual([
      "gateway-destination-out-of-order",
      "ack-missing",
      "request-timed-out",
      "callee-busy",
    ]);
  });

  test("of pings that the capture cut are told with those of the same server that it did not", () => {
    const ping = (
      id: string,
      verdict: "likely" | "indeterminate",
      element = "a",
      kind: CallReport["kind"] = "options",
    ) => ({
      ...timedOutCall,
      id,
      kind,
      findings: [{ ...silentFinding, origin: undefined, element, verdict }],
    });
    const idsOf = (calls: readonly CallReport[]): string[][] =>
      groupFindings(calls).map((group) => group.calls.map(({ id }) => id));
    expect(idsOf([ping("1", "likely"), ping("2", "likely"), ping("3", "indeterminate")])).toEqual([["1", "2", "3"]]);
    expect(idsOf([ping("1", "likely"), ping("2", "indeterminate", "b")])).toHaveLength(2);
    expect(idsOf([ping("1", "likely"), ping("2", "indeterminate", "a", "call")])).toHaveLength(2);
    expect(idsOf([ping("1", "indeterminate")])).toEqual([["1"]]);
  });

  test("of failed calls come before those of answered ones, answers of people come last", () => {
    const spoiled = { ...answeredCall, findings: [{ ...silentFinding, rule: "ack-missing" }] };
    const rules = groupFindings([busyCall, spoiled, timedOutCall]).map(({ finding }) => finding.rule);
    expect(rules).toEqual(["request-timed-out", "ack-missing", "callee-busy"]);
  });
});

describe("a call", () => {
  test("went wrong when it failed or a finding says more than its outcome", () => {
    const spoiled = { ...answeredCall, findings: [{ ...silentFinding, rule: "ack-missing" }] };
    expect([failedCall, spoiled, busyCall, answeredCall].map(wentWrong)).toEqual([true, true, false, false]);
  });

  test("is selected by its id or any of its Call-IDs", () => {
    const report = reportOf([failedCall, answeredCall]);
    expect(selectCalls(report, { call: "2" }).calls).toEqual([answeredCall]);
    expect(selectCalls(report, { call: "a84b4c76e66710@10.9.0.10" }).calls).toEqual([failedCall]);
    expect(selectCalls(report, { call: "answered@10.9.0.10", only: "failed" }).calls).toEqual([]);
  });
});
