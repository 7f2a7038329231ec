import { describe, expect, test } from "vitest";
import { leg } from "../diagnosis/traffic.fixture.ts";
import { hops } from "./transaction.ts";

const INVITE = `
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
`;
const request = (from: string, to: string, vias: readonly string[], at: number): string => `
${from}:5060 > ${to}:5060 at ${at}
INVITE sip:bob@${to} SIP/2.0
${vias.map((branch) => `Via: SIP/2.0/UDP ${from}:5060;branch=z9hG4bK${branch}`).join("\n")}
CSeq: 1 INVITE
From: <sip:alice@example.com>;tag=from
To: <sip:bob@example.com>
`;

/** `10.0.0.2 10.0.0.3`: the servers of the hops, depth first. */
function way(text: string): string[] {
  return leg(text).roots.map((root) =>
    hops(root)
      .map(({ server }) => server.address)
      .join(" "),
  );
}

describe("hops are joined", () => {
  test("by the Via below the top one", () => {
    expect(way(INVITE + request("10.0.0.2", "10.0.0.3", ["b", "0"], 0.01))).toEqual(["10.0.0.2 10.0.0.3"]);
  });

  test("as the branches of a fork", () => {
    const fork = request("10.0.0.2", "10.0.0.3", ["b", "0"], 0.01) + request("10.0.0.2", "10.0.0.4", ["c", "0"], 0.01);
    expect(way(INVITE + fork)).toEqual(["10.0.0.2 10.0.0.3 10.0.0.4"]);
  });

  test("over elements that are not in view, and it is known how many", () => {
    const { roots } = leg(INVITE + request("10.0.0.8", "10.0.0.9", ["d", "c", "0"], 0.02));
    expect(roots).toHaveLength(1);
    expect(roots[0].downstream[0].unseenHops).toBe(1);
  });

  test("where the captures show the later hop first", () => {
    const later = request("10.0.0.2", "10.0.0.3", ["b", "0"], 0.001);
    expect(
      way(
        later +
          INVITE.replace("at 0", "at 0.002").replace(
            "SIP/2.0\n",
            "SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0\nCSeq: 1 INVITE\n",
          ),
      ),
    ).toEqual(["10.0.0.2 10.0.0.3"]);
  });

  test("where an element hides the Via values of those before it", () => {
    expect(way(INVITE + request("10.0.0.2", "10.0.0.3", ["z"], 0.01))).toEqual(["10.0.0.2 10.0.0.3"]);
  });

  test("where a NAT changed the address and nothing else", () => {
    const via = "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKn";
    const text = `
10.0.0.1:5060 > 192.0.2.9:5060 at 0
INVITE sip:bob@example.com SIP/2.0
${via}

198.51.100.1:777 > 192.0.2.9:5060 at 0.01
INVITE sip:bob@example.com SIP/2.0
${via}
CSeq: 1 INVITE
From: <sip:alice@example.com>;tag=from
`;
    expect(way(text)).toEqual(["192.0.2.9 192.0.2.9"]);
  });

  test("in a loop without going round in it", () => {
    const loop =
      request("10.0.0.2", "10.0.0.3", ["b", "0"], 0.01) + request("10.0.0.3", "10.0.0.2", ["c", "b", "0"], 0.02);
    expect(way(INVITE + loop)).toEqual(["10.0.0.2 10.0.0.3 10.0.0.2"]);
  });
});

test("a request with another CSeq is no hop of the first one", () => {
  const other = request("10.0.0.2", "10.0.0.3", ["b", "0"], 0.01).replace("1 INVITE", "2 INVITE");
  expect(way(INVITE + other)).toHaveLength(2);
});

test("a CANCEL belongs to the INVITE of its branch on the same hop", () => {
  const { roots } = leg(`${INVITE}
10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 180 Ringing

10.0.0.1:5060 > 10.0.0.2:5060 at 2
CANCEL sip:bob@example.com SIP/2.0
`);
  expect(roots.map(({ method }) => method)).toEqual(["INVITE", "CANCEL"]);
  expect(roots[0].cancel).toBe(roots[1]);
  expect(roots[1].cancels).toBe(roots[0]);
});
