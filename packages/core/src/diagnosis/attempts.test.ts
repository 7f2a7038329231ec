import { expect, test } from "vitest";
import { peekMessage } from "../message/peekMessage.ts";
import { Attempts } from "./attempts.ts";
import { traffic } from "./traffic.fixture.ts";

const ask = (callId: string, server: string, at: number, line = "INVITE sip:bob@example.com SIP/2.0"): string =>
  `10.0.0.1:5060 > ${server}:5060 at ${at}\n${line}\nCall-ID: ${callId}\n\n`;

function attemptsOf(text: string): Attempts {
  const attempts = new Attempts();
  for (const packet of traffic(text)) attempts.push(packet, peekMessage(packet)!);
  return attempts;
}

function othersOf(text: string, callId: string): string[] {
  return attemptsOf(text)
    .othersOf(callId)
    .map(({ address }) => address);
}

test("what is asked for at another server with another Call-ID is another attempt, for both", () => {
  const text = ask("a", "10.0.0.2", 0) + ask("a", "10.0.0.2", 1) + ask("b", "10.0.0.3", 2);
  expect(othersOf(text, "a")).toEqual(["10.0.0.3"]);
  expect(othersOf(text, "b")).toEqual(["10.0.0.2"]);
});

test.each([
  ["at the same server", ask("b", "10.0.0.2", 2)],
  ["for somebody else", ask("b", "10.0.0.3", 2, "INVITE sip:carol@example.com SIP/2.0")],
  ["a minute later", ask("b", "10.0.0.3", 60)],
  ["with another method", ask("b", "10.0.0.3", 2, "MESSAGE sip:bob@example.com SIP/2.0")],
])("what is asked for %s is none", (_, text) => {
  expect(othersOf(ask("a", "10.0.0.2", 0) + text, "a")).toEqual([]);
});

test("a call that is over is forgotten", () => {
  const attempts = attemptsOf(ask("a", "10.0.0.2", 0) + ask("b", "10.0.0.3", 2));
  attempts.forget("a");
  expect(attempts.othersOf("a")).toEqual([]);
  expect(attempts.othersOf("b")).toHaveLength(1);
});
