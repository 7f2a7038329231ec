import { expect, test } from "vitest";
import { messages } from "../diagnosis/traffic.fixture.ts";
import type { SipRequest } from "../message/message.ts";
import { callIdKey, linkClues, referClues, transferClues } from "./linkLegs.ts";

function request(lines: string): SipRequest {
  return messages(`10.0.0.1:5060 > 10.0.0.2:5060 at 0\n${lines}`)[0] as SipRequest;
}

test("a clue that names a Call-ID has the key of that Call-ID", () => {
  const invite = request(
    "INVITE sip:bob@example.com SIP/2.0\nX-CID:  other@host \nReplaces: third;to-tag=a;from-tag=b",
  );
  expect(linkClues(invite, ["X-CID"]).map(({ kind, key }) => [kind, key])).toEqual([
    ["x-call-id", callIdKey("other@host")],
    ["replaces", callIdKey("third")],
  ]);
});

test("both halves of a Session-ID are clues, and no half that is all zeroes", () => {
  const half = "0123456789abcdef0123456789abcdef";
  const invite = request(`INVITE sip:bob@example.com SIP/2.0\nSession-ID: ${half};remote=${"0".repeat(32)}`);
  expect(linkClues(invite, []).map(({ key }) => key)).toEqual([`session ${half}`]);
});

test("an INVITE without any of these has no clue", () => {
  expect(linkClues(request("INVITE sip:bob@example.com SIP/2.0"), ["X-CID"])).toEqual([]);
});

test("the clues of a REFER meet those of the INVITE that its receiver sends", () => {
  const refer = request(
    "REFER sip:x@10.0.0.2 SIP/2.0\nRefer-To: <sip:carol@example.com;method=INVITE>\nReferred-By: <sip:alice@example.com>",
  );
  const invite = messages(
    "10.0.0.2:5060 > 10.0.0.3:5060 at 1\nINVITE sip:carol@example.com SIP/2.0\nReferred-By: <sip:alice@example.com>;cid=x",
  )[0] as SipRequest;
  expect(referClues(refer).map(({ key }) => key)).toEqual(transferClues(invite).map(({ key }) => key));
});

test("a REFER without Refer-To leaves no clue", () => {
  expect(referClues(request("REFER sip:x@10.0.0.2 SIP/2.0"))).toEqual([]);
});

test("an empty value and somebody anonymous are no clue", () => {
  const invite = request(
    'INVITE sip:bob@example.com SIP/2.0\nX-CID: \nP-Charging-Vector: icid-value="";orig-ioi=home.net\nReferred-By: <sip:anonymous@anonymous.invalid>',
  );
  expect(linkClues(invite, ["X-CID"])).toEqual([]);
  expect(transferClues(invite).map(({ kind }) => kind)).toEqual(["transfer"]);
});
