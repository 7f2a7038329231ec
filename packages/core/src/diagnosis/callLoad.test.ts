import { expect, test } from "vitest";
import { peekMessage } from "../message/peekMessage.ts";
import { CallLoad, limitAt, type LoadLimit } from "./callLoad.ts";
import { messages, traffic } from "./traffic.fixture.ts";

let at = 0;
const say = (callId: string, back: boolean, line: string, cseq = "1 INVITE"): string => {
  const sides = back ? "10.0.0.2:5060 > 10.0.0.1:5060" : "10.0.0.1:5060 > 10.0.0.2:5060";
  return `${sides} at ${at++}\n${line}\nCall-ID: ${callId}\nCSeq: ${cseq}\n\n`;
};
const taken = (callId: string): string => say(callId, true, "SIP/2.0 200 OK");
const refused = (callId: string): string => say(callId, true, "SIP/2.0 503 Service Unavailable");
const ended = (callId: string): string => say(callId, false, "BYE sip:10.0.0.2 SIP/2.0", "2 BYE");

function metLimit(text: string, callId: string): LoadLimit | undefined {
  const load = new CallLoad();
  for (const packet of traffic(text)) load.push(packet, peekMessage(packet)!);
  const server = messages(taken("x"))[0].packet.source;
  return limitAt(load.limitsMetBy(callId), server, callId);
}

function limitOf(text: string, callId: string): string | undefined {
  const limit = metLimit(text, callId);
  return limit && `${limit.open} of ${limit.onsets.join(" ")}`;
}

test("the most calls at which another one was taken are remembered, and a re-INVITE is none", () => {
  const text = taken("a") + taken("b") + taken("b") + refused("c") + taken("d") + ended("d") + refused("e");
  expect(metLimit(text, "e")?.mostTaken).toBe(2);
  expect(metLimit(refused("a"), "a")?.mostTaken).toBe(-1);
});

test("a server that refuses at the same number each time has that number at each onset", () => {
  const text = taken("a") + taken("b") + refused("c") + ended("a") + taken("d") + refused("e");
  expect(limitOf(text, "c")).toBe("2 of 2 2");
  expect(limitOf(text, "e")).toBe("2 of 2 2");
});

test("onsets are remembered up to the first that differs, and not without end", () => {
  const again = (count: number): string =>
    Array.from({ length: count }, (_, i) => taken(`t${i}`) + refused(`r${i}`) + ended(`t${i}`)).join("");
  expect(limitOf(again(100) + refused("x"), "r99")).toBe(`1 of ${"1 ".repeat(32).trim()}`);
  const alike = again(2);
  const different = taken("a") + taken("b") + refused("x") + ended("a") + taken("c") + ended("c") + refused("y");
  expect(limitOf(alike + different, "x")).toBe("2 of 1 1 2");
});

test("refusals in a row are one onset, and a retransmission is no second refusal", () => {
  const text = taken("a") + refused("b") + refused("b") + ended("a") + refused("c");
  expect(limitOf(text, "b")).toBe("1 of 1");
  expect(limitOf(text, "c")).toBe("0 of 1");
});

test("the answer to a re-INVITE is no second call", () => {
  expect(limitOf(taken("a") + taken("a") + refused("b"), "b")).toBe("1 of 1");
});

test("a call that is over is forgotten: it is not up any more, and others that are refused can be remembered", () => {
  const load = new CallLoad();
  const push = (text: string): void => {
    for (const packet of traffic(text)) load.push(packet, peekMessage(packet)!);
  };
  push(taken("a") + taken("b") + taken("c"));
  load.forget("a");
  for (let i = 0; i < 1500; i++) {
    push(refused(`r${i}`));
    load.forget(`r${i}`);
  }
  push(refused("last"));
  expect(load.limitsMetBy("r0")).toEqual([]);
  expect(load.limitsMetBy("last").map(({ open }) => open)).toEqual([2]);
});

test("a call that was not refused has no limit", () => {
  expect(limitOf(taken("a"), "a")).toBeUndefined();
});
