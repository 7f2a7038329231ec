import { expect, test } from "vitest";
import { peekMessage } from "../message/peekMessage.ts";
import { AnswersMeanwhile } from "./answersMeanwhile.ts";
import { traffic } from "./traffic.fixture.ts";

const ask = (callId: string, at: number, client = "10.0.0.1", server = "10.0.0.2"): string =>
  `${client}:5060 > ${server}:5060 at ${at}\nOPTIONS sip:${server} SIP/2.0\nCall-ID: ${callId}\n\n`;
const answer = (callId: string, at: number, client = "10.0.0.1", server = "10.0.0.2"): string =>
  `${server}:5060 > ${client}:5060 at ${at}\nSIP/2.0 200 OK\nCall-ID: ${callId}\n\n`;

/** Each request is one that gets no response in T1. */
function read(text: string): AnswersMeanwhile {
  const meanwhile = new AnswersMeanwhile();
  for (const packet of traffic(text)) {
    const { kind, callId } = peekMessage(packet)!;
    const { source: client, destination: server, timeMicros: sinceMicros } = packet;
    if (kind === "request") meanwhile.waits({ callId, client, server, sinceMicros });
    else meanwhile.heard(packet, callId);
  }
  return meanwhile;
}

/** To whom the server answered while the request of this call waited, and when. */
function answers(text: string, callId = "silent"): string[] {
  const start = traffic(ask("start", 0))[0].timeMicros;
  return read(text)
    .of(callId)
    .map(({ destination, timeMicros }) => `${destination.address} at ${(timeMicros - start) / 1e6}`);
}

test("an answer to another call is found while a request waits", () => {
  expect(answers(ask("silent", 0) + ask("other", 4) + answer("other", 5))).toEqual(["10.0.0.1 at 5"]);
});

test("an answer to the same client is kept rather than one to another client, and the first of those", () => {
  const toAnother = ask("a", 1, "10.0.0.9") + answer("a", 2, "10.0.0.9") + answer("a", 3, "10.0.0.9");
  const toTheSame = ask("b", 4) + answer("b", 5) + answer("b", 6);
  expect(answers(ask("silent", 0) + toAnother)).toEqual(["10.0.0.9 at 2"]);
  expect(answers(ask("silent", 0) + toAnother + toTheSame)).toEqual(["10.0.0.1 at 5"]);
});

test("nothing is found once a request is answered, nor what comes at once or after 64*T1", () => {
  expect(answers(ask("silent", 0) + answer("silent", 1) + ask("other", 2) + answer("other", 3))).toEqual([]);
  expect(answers(ask("silent", 0) + ask("other", 0.1) + answer("other", 0.4))).toEqual([]);
  expect(answers(ask("silent", 0) + ask("other", 32) + answer("other", 32.5))).toEqual([]);
});

test("a request of the same call that waits later is looked at anew", () => {
  const text = ask("silent", 0) + ask("silent", 60) + ask("other", 61) + answer("other", 62);
  expect(answers(text)).toEqual(["10.0.0.1 at 62"]);
});

test("what other servers answer shows nothing", () => {
  const elsewhere = ask("other", 1, "10.0.0.1", "10.0.0.3") + answer("other", 2, "10.0.0.1", "10.0.0.3");
  expect(answers(ask("silent", 0) + elsewhere)).toEqual([]);
});

test("of requests that wait at one server the latest 512 are watched", () => {
  const silent = Array.from({ length: 512 }, (_, i) => ask(`silent ${i}`, i / 10_000)).join("");
  const text = silent + ask("other", 2, "10.0.0.9") + answer("other", 3, "10.0.0.9");
  expect(answers(text, "silent 0")).toEqual([]);
  expect(answers(text, "silent 1")).toEqual(["10.0.0.9 at 3"]);
});

test("a busy server with many clients is watched all the same", () => {
  const clients = Array.from({ length: 600 }, (_, i) => `10.1.${i >> 8}.${i & 255}`);
  const answered = clients.map((client) => ask(client, 0, client) + answer(client, 0.01, client)).join("");
  expect(answers(answered + ask("silent", 1) + ask("other", 2) + answer("other", 3))).toEqual(["10.0.0.1 at 3"]);
});

test("a call that was judged is forgotten", () => {
  const meanwhile = read(ask("silent", 0) + ask("other", 1) + answer("other", 2));
  expect(meanwhile.of("silent")).toHaveLength(1);
  meanwhile.forget("silent");
  expect(meanwhile.of("silent")).toEqual([]);
});
