import { expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";

const ANSWERED = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0

10.0.0.2:5060 > 10.0.0.1:5060 at 1
SIP/2.0 200 OK

10.0.0.1:5060 > 10.0.0.2:5060 at 1.1
ACK sip:10.0.0.2 SIP/2.0
`;
const refer = (cseq: number, at: number): string => `
10.0.0.1:5060 > 10.0.0.2:5060 at ${at}
REFER sip:10.0.0.2 SIP/2.0
CSeq: ${cseq} REFER
Refer-To: <sip:carol@example.com>
`;
const notify = (cseq: number, at: number, event: string): string => `
10.0.0.2:5060 > 10.0.0.1:5060 at ${at}
NOTIFY sip:10.0.0.1 SIP/2.0
CSeq: ${cseq} NOTIFY
Event: ${event}
`;

/** `2: 1 2`: the CSeq number of each REFER, with those of its NOTIFYs. */
function referralsOf(text: string): string[] {
  return leg(text).referrals.map(
    ({ refer: { cseqNumber }, notifies }) => `${cseqNumber}: ${notifies.map((each) => each.cseqNumber).join(" ")}`,
  );
}

test("a REFER has the NOTIFYs that report on it, and the dialog it was sent in", () => {
  const text = ANSWERED + refer(2, 2) + notify(1, 2.1, "refer") + notify(2, 3, "Refer;id=2");
  expect(referralsOf(text)).toEqual(["2: 1 2"]);
  const { referrals, dialogs } = leg(text);
  expect(referrals[0].dialog).toBe(dialogs[0]);
});

test("of several REFERs each has those with its id; without one the latest before them", () => {
  const both = ANSWERED + refer(2, 2) + refer(3, 3);
  expect(referralsOf(both + notify(1, 4, "refer;id=2") + notify(2, 4.1, "refer;id=3"))).toEqual(["2: 1", "3: 2"]);
  expect(
    referralsOf(`${ANSWERED}${refer(2, 2)}${notify(1, 2.5, "refer")}${refer(3, 3)}${notify(2, 4, "refer")}`),
  ).toEqual(["2: 1", "3: 2"]);
});

test("a NOTIFY without an id does not tell of a REFER that was refused while another one was open", () => {
  const refused = "\n10.0.0.2:5060 > 10.0.0.1:5060 at 3.1\nSIP/2.0 491 Request Pending\nCSeq: 3 REFER\n";
  const both = `${ANSWERED}${refer(2, 2)}${notify(1, 2.5, "refer")}${refer(3, 3)}${refused}`;
  expect(referralsOf(both + notify(2, 4, "refer"))).toEqual(["2: 1 2", "3: "]);
});

test("a NOTIFY of another event package, or from the referrer itself, reports on none", () => {
  const own = notify(9, 3, "refer").replace("10.0.0.2:5060 > 10.0.0.1", "10.0.0.1:5060 > 10.0.0.2");
  expect(referralsOf(ANSWERED + refer(2, 2) + own)).toEqual(["2: "]);
  expect(referralsOf(ANSWERED + refer(2, 2) + notify(1, 3, "message-summary"))).toEqual(["2: "]);
});

test("a leg without REFER has no referral", () => {
  expect(referralsOf(ANSWERED + notify(1, 3, "refer"))).toEqual([]);
});
