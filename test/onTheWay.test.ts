import { expect, test } from "vitest";
import type { FindingReport } from "../packages/core/src/diagnosis/report.ts";
import { fromOtherPort, neighboursIn, OTHER_PORT, withBackToBack, withProxy } from "./invariance/onTheWay.ts";
import { isPacket, readTraffic, reportOf, type Traffic } from "./invariance/traffic.ts";

const hopsCounted = "how many hops there are is what it is about, and they are not counted down here";
const wayOfAnswers = "where answers go is told by Via and source, which then are those of what is in between";
const garbled = "no proxy passes on what it cannot read";
const otherServers = "other servers are known by who sends to them";
const toTarget = "a target is known by the address that is asked next";
const separate = "requests of dialogs whose beginning is not in view are not known to be one";
const ofNobody = "two pings that name no user have nothing in common";
const ofEachLeg = "it is found on each of the two legs by itself";
const byPort = "the port is what tells one phone or connection from another";

/** Where what is found does depend on it: by what is changed, then by the beginnings of names of traffic, with the reason. */
const exceptions = {
  proxy: {
    "ack-missing, fires: contact-unroutable, likely (the ACK goes straight to the private address)":
      "what went straight goes through a proxy then",
    "address-rewritten": "what is told is that nothing but a NAT stands between the two",
    "challenge-unanswered, near miss: the challenge goes where its client does not listen": wayOfAnswers,
    "datagram-too-large, fires: fragments-lost, likely (the first fragment alone is in the capture)":
      "a proxy passes on no first fragments",
    "failover-not-attempted": otherServers,
    "f1-502-malformed-badline.pcap": garbled,
    "gateway-bad-response, fires: malformed": garbled,
    "gateway-failure-unexplained, near miss: the answer from behind the gateway explains it": garbled,
    "hops-exhausted-at-source": hopsCounted,
    "redirect-not-followed, fires: loop, likely (the proxy follows a redirect to a phone that leads back)": toTarget,
    "redirect-not-followed, near miss: a registration is followed under another Call-ID": toTarget,
    "redirect-not-followed, near miss: the address of the proxy is written in another form": toTarget,
    "redirect-not-followed, near miss: the proxy that a 305 names is called under another Call-ID": toTarget,
    "request-unanswered, fires: response-misdelivered": wayOfAnswers,
    "response-misdelivered": wayOfAnswers,
    "routing-loop": hopsCounted,
  },
  b2bua: {
    "ack-missing, fires: ack-not-sent, likely (both programs are on one host":
      "who is elsewhere does not reach a loopback address",
    "callee-busy, fires: person-busy, certain (it rang before the capture began at the hop behind)":
      "a B2BUA rings with a tag of its own, and the leg behind it is not known to have rung",
    "ack-missing, fires: contact-unroutable": ofEachLeg,
    "challenge-unanswered, fires: no-credentials, likely (a BYE)": separate,
    "challenge-unanswered, near miss: the challenge goes where its client does not listen": wayOfAnswers,
    "datagram-too-large, near miss: the smaller one is not answered either": separate,
    "dialog-unknown, cut: how the call was set up is not in the capture": separate,
    "dialog-unknown, fires: cancel-unmatched, indeterminate": separate,
    "dialog-unknown, fires: subscription-over": separate,
    "request-merged, near miss: the client asks anew": separate,
    "request-refused, fires: info-package-unknown": separate,
    "request-refused, fires: not-cancelled, indeterminate (a subscription is refreshed": separate,
    "request-unanswered, fires: next-hop-silent, indeterminate (a pinger that sends once over UDP, and whose next ping is answered)":
      ofNobody,
    "request-unanswered, fires: response-misdelivered, likely": wayOfAnswers,
    "response-malformed, fires": ofEachLeg,
    "response-malformed, near miss: From is copied from the request, with its flaw": ofNobody,
    "response-misdelivered": wayOfAnswers,
    "sequence-out-of-order, cut: the request with the higher number is not in the capture": separate,
    "service-unavailable, fires: server-error, likely (inside a dialog, where an earlier request may be open)":
      separate,
    "service-unavailable, fires: server-error, likely (inside a dialog, in words of its own)": separate,
    "transfer-outcome-unknown, near miss: the outcome is reported after the other side asked for a transfer too":
      "both of its REFERs have one branch, which the two legs change",
    "transfer-refused, fires: certain (between two proxies, who asked nobody and are asked for nothing)": separate,
    "transfer-refused, fires: certain (refused for good after the challenge was answered)": separate,
    "transfer-refused, near miss: only a challenge stands between the REFER and its success": separate,
    "transfer-refused, near miss: what the first REFER required is left out in the second": separate,
  },
  port: {
    "nat-binding-expired": byPort,
    "registration-lapsed, fires: flapping, likely (nothing says whether it is one device)": byPort,
    "request-unanswered, fires: connection-reset": byPort,
  },
} as const;

const traffics = Object.values(readTraffic())
  .flat()
  .filter(({ seen }) => seen.length > 1 && seen.length <= 60);

test("a proxy more on the way changes nothing that is found", () => {
  const changes = changesBy("proxy", told, (traffic) =>
    neighboursIn(traffic).map((neighbours) => withProxy(traffic, neighbours)),
  );
  expect(changes).toEqual([]);
});

test("a B2BUA on the way changes no cause of what is found, and nothing is told twice", () => {
  const changes = changesBy("b2bua", causes, (traffic) => {
    return neighboursIn(traffic).length === 1 ? [withBackToBack(traffic)] : [];
  });
  expect(changes).toEqual([]);
});

test("another port that a NAT gives meanwhile changes nothing that is found", () => {
  const changes = changesBy("port", told, (traffic) => {
    const packets = traffic.seen.filter(isPacket);
    const later = [...packets.keys()].slice(1).filter((place) => packets[place].source === packets[0].source);
    return later.map((place) => fromOtherPort(traffic, place));
  });
  expect(changes).toEqual([]);
});

/** What is told otherwise of changed traffic, and exceptions that are none. */
function changesBy(
  kind: keyof typeof exceptions,
  toldOf: (traffic: Traffic) => string,
  changed: (traffic: Traffic) => readonly Traffic[],
): string[] {
  const names = Object.keys(exceptions[kind]);
  const needed = new Set<string>();
  const changes = traffics.flatMap((traffic) => {
    const before = toldOf(traffic);
    const after = changed(traffic)
      .map(toldOf)
      .find((each) => each !== before);
    if (after === undefined) return [];
    const exception = names.find((name) => traffic.name.startsWith(name));
    if (exception === undefined) return [`${traffic.name}: ${after} -- instead of -- ${before}`];
    needed.add(exception);
    return [];
  });
  return [...changes, ...names.filter((name) => !needed.has(name)).map((name) => `${name} is no exception`)];
}

function told(traffic: Traffic): string {
  return findingsOf(traffic)
    .map(({ rule, cause, verdict, origin }) =>
      [rule, cause, verdict, origin?.address.replace(`:${OTHER_PORT}`, ":5060")].join(" "),
    )
    .join(" | ");
}

function causes(traffic: Traffic): string {
  return findingsOf(traffic)
    .map(({ rule, cause }) => [rule, cause].join(" "))
    .toSorted()
    .join(" | ");
}

function findingsOf(traffic: Traffic): readonly FindingReport[] {
  const { calls, findings } = reportOf(traffic);
  return [...calls.flatMap((call) => call.findings), ...findings];
}
