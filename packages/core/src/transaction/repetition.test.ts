import { expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";
import { isRepeatedUntil } from "./repetition.ts";

/** Whether a request that is sent at 0 and at these times was repeated until then. */
function isRepeated(method: string, repeated: string, seconds: number): boolean {
  const [transaction] = leg(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
${method} sip:bob@10.0.0.2 SIP/2.0
${repeated === "" ? "" : `repeat at ${repeated}`}
`).transactions;
  return isRepeatedUntil(transaction, transaction.first.packet.timeMicros + seconds * 1e6);
}

test("an INVITE waits twice as long each time", () => {
  expect(isRepeated("INVITE", "0.5, 1.5, 3.5", 7)).toBe(true);
  expect(isRepeated("INVITE", "0.5, 1.5, 3.5", 9)).toBe(false);
});

test("other requests wait no longer than T2", () => {
  expect(isRepeated("OPTIONS", "0.5, 1.5, 3.5, 7.5", 11)).toBe(true);
  expect(isRepeated("OPTIONS", "0.5, 1.5, 3.5, 7.5", 13)).toBe(false);
  expect(isRepeated("INVITE", "0.5, 1.5, 3.5, 7.5", 13)).toBe(true);
});

test("after the client has given up nothing more is due", () => {
  expect(isRepeated("INVITE", "0.5, 1.5, 3.5, 7.5, 15.5, 31.5", 300)).toBe(true);
  expect(isRepeated("INVITE", "0.5, 1.5, 3.5, 7.5", 300)).toBe(false);
});

test("what was sent once was not repeated", () => {
  expect(isRepeated("INVITE", "", 0.2)).toBe(false);
});
