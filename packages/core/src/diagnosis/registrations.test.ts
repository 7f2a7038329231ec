import { expect, test } from "vitest";
import type { SipResponse } from "../message/message.ts";
import { Registrations } from "./registrations.ts";
import { messages } from "./traffic.fixture.ts";

function accepted(at: number, contact: string, callId = "r"): string {
  const bound = contact === "" ? "" : `Contact: <sip:${contact}>;expires=60\n`;
  return `10.0.0.2:5060 > 10.0.0.1:5060 at ${at}\nSIP/2.0 200 OK\nTo: <sip:a@example.com>\nCall-ID: ${callId}\nCSeq: ${at} REGISTER\n${bound}\n`;
}

/** What is known when these were said in this order, by when each binding ends. */
function statesAfter(...said: readonly string[]): string[] {
  const registrations = new Registrations();
  for (const text of said) registrations.add(messages(text)[0] as SipResponse);
  const states = registrations.statesOf("sip:a@example.com");
  const start = messages(accepted(0, ""))[0].packet.timeMicros;
  return states.map(({ bindings }) =>
    bindings.map(({ contact, endsMicros }) => `${contact} ${(endsMicros - start) / 1e6}`).join(),
  );
}

test("what a registrar said is known in order of time, also where some of it is heard late", () => {
  const [first, second, third] = [accepted(10, "a@10.0.0.1"), accepted(20, "a@10.0.0.9"), accepted(30, "")];
  const inOrder = ["sip:a@10.0.0.1 70", "sip:a@10.0.0.9 80", ""];
  expect(statesAfter(first, second, third)).toEqual(inOrder);
  expect(statesAfter(second, third, first)).toEqual(inOrder);
  expect(statesAfter(third, second, first)).toEqual(inOrder);
});

test("a refresh that is heard late does not shorten the one after it", () => {
  expect(statesAfter(accepted(50, "a@10.0.0.1"), accepted(10, "a@10.0.0.1")).at(-1)).toBe("sip:a@10.0.0.1 110");
});
