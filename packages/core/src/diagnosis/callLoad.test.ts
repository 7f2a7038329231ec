import { expect, test } from "vitest";
import { peekMessage } from "../message/peekMessage.ts";
import { CallLoad, limitAt } from "./callLoad.ts";
import { messages, traffic } from "./traffic.fixture.ts";

let at = 0;
const say = (callId: string, back: boolean, line: string, cseq = "1 INVITE"): string => {
  const sides = back ? "10.0.0.2:5060 > 10.0.0.1:5060" : "10.0.0.1:5060 > 10.0.0.2:5060";
  return `${sides} at ${at++}\n${line}\nCall-ID: ${callId}\nCSeq: ${cseq}\n\n`;
};
const taken = (callId: string): string => say(callId, true, "SIP/2.0 200 OK");
const refused = (callId: string): string => say(callId, true, "SIP/2.0 503 Service Unavailable");
const ended = (callId: string): string => say(callId, false, "BYE sip:10.0.0.2 SIP/2.0", "2 BYE");

function limitOf(text: string, callId: string): string | undefined {
  const load = new CallLoad();
  for (const packet of traffic(text)) load.push(packet, peekMessage(packet)!);
  const server = messages(taken("x"))[0].packet.source;
  const limit = limitAt(load.limitsMetBy(callId), server, callId);
  return limit && `${limit.open} of ${limit.onsets.join(" ")}`;
}

test("a server that refuses at the same number each time has that number at each onset", () => {
  const text = taken("a") + taken("b") + refused("c") + ended("a") + taken("d") + refused("e");
  expect(limitOf(text, "c")).toBe("2 of 2 2");
  expect(limitOf(text, "e")).toBe("2 of 2 2");
});

test("refusals in a row are one onset, and a retransmission is no second refusal", () => {
  const text = taken("a") + refused("b") + refused("b") + ended("a") + refused("c");
  expect(limitOf(text, "b")).toBe("1 of 1");
  expect(limitOf(text, "c")).toBe("0 of 1");
});

test("the answer to a re-INVITE is no second call", () => {
  expect(limitOf(taken("a") + taken("a") + refused("b"), "b")).toBe("1 of 1");
});

test("a call that was not refused has no limit", () => {
  expect(limitOf(taken("a"), "a")).toBeUndefined();
});
