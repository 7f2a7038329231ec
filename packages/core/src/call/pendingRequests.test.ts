import { expect, test } from "vitest";
import { messages } from "../diagnosis/traffic.fixture.ts";
import type { SipRequest } from "../message/message.ts";
import { PendingRequests } from "./pendingRequests.ts";

const into = (callId: string, at = 0, to = "10.0.0.2"): SipRequest =>
  messages(
    `10.0.0.1:5060 > ${to}:5060 at ${at}\nINVITE sip:bob@example.com SIP/2.0\nCall-ID: ${callId}`,
  )[0] as SipRequest;
const out = (callId: string, at: number): SipRequest =>
  messages(
    `10.0.0.2:5060 > 10.0.0.3:5060 at ${at}\nINVITE sip:bob@10.0.0.3 SIP/2.0\nCall-ID: ${callId}`,
  )[0] as SipRequest;

function pending(...invites: readonly SipRequest[]): PendingRequests<SipRequest> {
  const found = new PendingRequests<SipRequest>((invite) => invite);
  for (const invite of invites) add(found, invite);
  return found;
}

function add(invites: PendingRequests<SipRequest>, invite: SipRequest): void {
  invites.add(invite.method, invite.callId, invite.branch, invite.packet, invite);
}

test("an INVITE continues the one that had arrived at the host which it leaves", () => {
  expect(pending(into("one")).match(out("two", 1))).toMatchObject({
    callId: "one",
    resemblance: { kind: "same-users" },
  });
  expect(pending(into("one", 0, "10.0.0.9")).match(out("two", 1))).toBeUndefined();
});

test("an INVITE does not continue itself", () => {
  expect(pending(into("one")).match(out("one", 1))).toBeUndefined();
});

test("on one host, the client's next call continues none; what the B2BUA there sends does", () => {
  const [one, next, continued] = ["5076 > 127.0.0.1:5075", "5076 > 127.0.0.1:5075", "5075 > 127.0.0.1:5099"].map(
    (ports, index) =>
      messages(`127.0.0.1:${ports} at ${index}\nINVITE sip:bob@127.0.0.1 SIP/2.0\nCall-ID: ${index}`)[0] as SipRequest,
  );
  expect(pending(one).match(next)).toBeUndefined();
  expect(pending(one).match(continued)?.callId).toBe("0");
});

test("after ten seconds nothing is continued", () => {
  expect(pending(into("one")).match(out("two", 9.9))).toBeDefined();
  expect(pending(into("one")).match(out("two", 10.1))).toBeUndefined();
});

test("of two that fit equally well none is chosen; once one is taken, the other is", () => {
  const invites = pending(into("one"), into("two"));
  expect(invites.match(out("three", 1))).toBeUndefined();
  const later = pending(into("one"));
  expect(later.match(out("three", 1))?.callId).toBe("one");
  const second = into("two", 1.5);
  add(later, second);
  expect(later.match(out("four", 2))?.callId).toBe("two");
});

test("a B2BUA that forks continues one leg several times", () => {
  const invites = pending(into("one"));
  expect(invites.match(out("two", 1))?.callId).toBe("one");
  expect(invites.match(out("three", 1.1))?.callId).toBe("one");
});

test("who sends to the endpoint at which the other INVITE arrived sends another call, from whatever port", () => {
  const [one, next] = ["50001", "50002"].map(
    (port, index) =>
      messages(
        `127.0.0.1:${port} > 127.0.0.1:5060 at ${index}\nINVITE sip:bob@127.0.0.1 SIP/2.0\nCall-ID: ${index}`,
      )[0] as SipRequest,
  );
  expect(pending(one).match(next)).toBeUndefined();
});

test("what was refused or ended is continued no more, so the next attempt is not mistaken for it", () => {
  const first = into("one");
  const invites = pending(first, into("two", 4));
  invites.end("INVITE", "one", first.packet.destination, "another branch");
  expect(invites.match(out("three", 4.1))).toBeUndefined();
  invites.end("INVITE", "one", first.packet.destination, first.branch);
  expect(invites.match(out("three", 4.1))?.callId).toBe("two");
});

test("one that is continued and still rings may be sent to the next place much later", () => {
  const invites = pending(into("one"));
  invites.match(out("two", 1));
  add(invites, into("other", 15, "10.0.0.8"));
  expect(invites.match(out("three", 20))?.callId).toBe("one");
  invites.accept("one", into("one").packet.destination);
  expect(invites.match(out("four", 25))).toBeUndefined();
});
