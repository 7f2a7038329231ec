import { expect, test } from "vitest";
import { endpointOf } from "../network/endpoint.ts";
import { UnansweredRequests } from "./unansweredRequests.ts";

const [client, server] = [endpointOf("10.0.0.1", 5060), endpointOf("10.0.0.2", 5060)];

/** Requests that were sent at these seconds, and the Call-IDs of those that have waited for T1 at a time. */
function watched(...seconds: number[]): (now: number) => string[] {
  const requests = new UnansweredRequests();
  for (const at of seconds) requests.add({ callId: `${at}`, client, server, sinceMicros: at * 1e6 });
  return (now) => {
    const due: string[] = [];
    for (let next = requests.next(now * 1e6); next !== undefined; next = requests.next(now * 1e6))
      due.push(next.callId);
    return due;
  };
}

test("a request is handed out once, when T1 has passed", () => {
  const due = watched(0, 0.2, 3);
  expect(due(0.499)).toEqual([]);
  expect(due(0.6)).toEqual(["0"]);
  expect(due(3.4)).toEqual(["0.2"]);
  expect(due(100)).toEqual(["3"]);
  expect(due(200)).toEqual([]);
});

test("of more than 65,536 in that time the newest are watched", () => {
  const due = watched(...Array.from({ length: 65_538 }, (_, i) => i / 1e6));
  expect(due(10)).toHaveLength(65_536);
});
