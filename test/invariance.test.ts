import { describe, expect, test } from "vitest";
import type { CallReport, FindingReport } from "../packages/core/src/diagnosis/report.ts";
import type { Packet } from "../packages/core/src/network/packet.ts";
import { isPacket, readTraffic, reportOf, type Traffic } from "./invariance/traffic.ts";
import { otherEvent, otherPacket, renamed, textOf } from "./invariance/transformed.ts";
import { type Transformation, transformations } from "./invariance/transformations.ts";

/** Phrases that say what nothing else in the message says. */
const readPhrases: Readonly<Record<string, string>> = {
  "call-blocked, fires: by-analytics, likely (603 with the marks that carriers use)":
    "`Network Blocked` is how carriers mark a 603 of their own",
  "callee-unavailable, fires: do-not-disturb, certain": "a phrase that names the feature proves what else is likely",
  "identity-rejected, fires: stale-date, certain":
    "`Stale Date` is the phrase of RFC 8224 §6.2.2: proves what the age shows",
  "identity-rejected, fires: stale-date, certain (its date is in the future)":
    "`Stale Date` is the phrase of RFC 8224 §6.2.2: proves what the age shows",
  "request-forbidden, fires: identity-differs, likely (the phrase says that the password was right, for another user)":
    "`auth ID` is how scripts of Kamailio and OpenSIPS say that the digest was right",
  "request-forbidden, near miss: a signature that was too old": "`Stale Date` alone, with neither Date nor iat",
  "request-malformed, fires: field-missing, certain": "the phrase names the field, among several flaws",
  "request-malformed, fires: field-missing, likely (it need not be there, and who refuses wants it: that comes before a flaw of which nothing is said)":
    "the phrase names the field",
  "request-malformed, fires: field-repeated, certain (the phrase names To)": "the phrase names the field",
  "request-malformed, fires: syntax, certain (the phrase calls From a header field)": "the phrase names the field",
  "request-malformed, fires: syntax, certain (the phrase writes From as the field is written)":
    "the phrase names the field",
};

const ofPhone = "what is known to be a phone cancels no call of others";
const ofScanner = "a scanner is known by the name that it gives itself";
const ofSipPort = "before anything was sent, only the port tells that a connection was to carry SIP";

/** Where a finding legitimately depends on what is changed: by transformation, then by traffic, with the reason. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "other domains and users": {
    "credentials-rejected, fires: proven-wrong-password, certain": "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, certain": "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, indeterminate (its challenge is not in view, and the capture ends)":
      "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, likely (it was being tried, so another server may have refused it)":
      "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, likely (what says that the INVITE is being tried may not be in view)":
      "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, likely (the nonce may have run out)":
      "the digest covers user, realm and URI",
    "credentials-rejected, fires: nonce-mismatch, likely (the right digest went to a server that had not given the nonce)":
      "the digest covers user, realm and URI",
    "credentials-rejected, fires: proven-right-password, likely (the account may not be that of the address that is to be registered)":
      "the digest covers user, realm and URI",
  },
  "other ports": {
    "callee-unavailable, near miss: a 404 for a phone that closed an idle connection, and listens on the port of SIP":
      ofSipPort,
    "connection-not-opened, fires: refused, certain": ofSipPort,
    "connection-not-opened, fires: refused, certain (a server that is down refuses all of its phones)": ofSipPort,
    "connection-not-opened, fires: refused, certain (on the port for TLS)": ofSipPort,
    "connection-not-opened, fires: refused, certain (over SCTP)": ofSipPort,
    "connection-not-opened, fires: refused, certain (the call tells of one of those that were refused)": ofSipPort,
    "connection-not-opened, fires: icmp-unreachable, certain (a firewall rejects the SYN)": ofSipPort,
    "connection-not-opened, fires: icmp-unreachable, certain (a host that has no SCTP)": ofSipPort,
    "connection-not-opened, fires: icmp-unreachable, likely (a host may be found again while the client still tries)":
      ofSipPort,
    "request-unanswered, fires: next-hop-silent, likely (another program's TCP connection is refused)": ofSipPort,
  },
  "unknown products": {
    "many-users-tried, near miss: a program that names itself as a scanner, which is told of each request": ofScanner,
    "scanner-seen, fires: refused, likely": ofScanner,
    "scanner-seen, fires: refused, likely (it says that it is somewhere else, and never acknowledges)": ofScanner,
    "scanner-seen, fires: let-in, likely (it has found the password)": ofScanner,
    "callee-busy, fires: person-busy, likely (the 180 and the 486 are of a PBX, which may have asked no phone)":
      "what is known to be a PBX is no phone",
    "callee-busy, fires: person-busy, certain (it names itself as a phone: somebody was there)":
      "what is known to be a phone is no PBX",
    "callee-busy, fires: person-busy, likely (phones may be set to ring for no longer than that)":
      "what is known to be a phone is no PBX",
    "callee-busy, fires: device-at-once, certain": "what is known to be a phone is no server",
    "callee-busy, fires: device-at-once, certain (a phone whose user is a number)":
      "what is known to be a phone is no trunk",
    "callee-busy, fires: device-at-once, certain (the phone that rang is another one of the fork)":
      "what is known to be a phone is no server",
    "callee-busy, fires: device-at-once, certain (the 180 is one of the PBX, the 486 of a phone behind it)":
      "what is known to be a phone is no server",
    "callee-busy, fires: device-at-once, certain (passed on by a B2BUA that keeps the Call-ID)":
      "what is known to be a phone is no server",
    "callee-busy, fires: device-at-once, certain (a browser, which is asked for by a name that leads nowhere)":
      "what is known to be a phone is no server",
    "call-cancelled, fires: caller-gave-up, certain": ofPhone,
    "call-cancelled, fires: caller-gave-up, certain (and nothing had rung)": ofPhone,
    "call-cancelled, fires: caller-gave-up, certain (one branch of the fork was busy, and the other one rang)": ofPhone,
    "call-cancelled, fires: caller-gave-up, certain (another branch was busy before, and its 486 is what the caller gets)":
      ofPhone,
    "call-cancelled, fires: caller-gave-up, certain (the same, and only the ACK shows that the branch which rang has ended)":
      ofPhone,
    "call-cancelled, fires: by-bye, certain (the caller ends by BYE what only rings)": ofPhone,
    "gateway-destination-out-of-order, fires: destination, likely (a PBX may have made it of a SIP answer)":
      "what is known to be a PBX writes causes of its own",
  },
  "phrases in Japanese": readPhrases,
  "phrases in German": readPhrases,
  "no phrases": readPhrases,
  "texts in German": {
    "call-blocked, fires: by-analytics, likely (603 with the mark of analytics in its Reason only)":
      "a Reason text is how carriers mark a 603 of their own",
    "callee-declined, near miss: blocked by the network": "a Reason text is how carriers mark a 603 of their own",
  },
};

const sources = readTraffic();

test.each(transformations)("$name change messages", (transformation) => {
  const packets = Object.values(sources).flatMap((traffics) => traffics.flatMap(({ seen }) => seen.filter(isPacket)));
  const changed = packets.filter((packet) => !isSame(packet, otherPacket(packet, transformation)));
  expect(changed.length).toBeGreaterThan(5);
});

describe.each(transformations)("$name change nothing in", (transformation) => {
  test.each(Object.entries(sources))("%s", (_source, traffics) => {
    const changes = traffics.flatMap((traffic) => changesOf(traffic, transformation));
    expect(changes).toEqual([]);
  });
});

test("every exception names a traffic and a transformation that exist", () => {
  const names = new Set(Object.values(sources).flatMap((traffics) => traffics.map(({ name }) => name)));
  const changes = new Set(transformations.map(({ name }) => name));
  expect(Object.keys(exceptions).filter((name) => !changes.has(name))).toEqual([]);
  expect(
    Object.values(exceptions)
      .flatMap((each) => Object.keys(each))
      .filter((name) => !names.has(name)),
  ).toEqual([]);
});

/** What is said otherwise; for an exception, that nothing is. */
function changesOf(traffic: Traffic, transformation: Transformation): string[] {
  const expected = conclusionsOf(traffic).map((line) => renamed(line, transformation));
  const found = conclusionsOf(transformed(traffic, transformation));
  const same = expected.join("\n") === found.join("\n");
  if (exceptions[transformation.name]?.[traffic.name] !== undefined)
    return same ? [`${traffic.name} is no exception`] : [];
  return same ? [] : [`${traffic.name}: ${found.join(" | ")} -- instead of -- ${expected.join(" | ")}`];
}

/** All but sentences. */
function conclusionsOf(traffic: Traffic): string[] {
  const { calls, findings } = reportOf(traffic);
  return [
    ...calls.flatMap((call) => [callLine(call), ...call.findings.map(findingLine)]),
    ...findings.map(findingLine),
  ];
}

function callLine({ kind, outcome, links }: CallReport): string {
  return [kind, outcome.kind, outcome.statusCode, ...links.map((link) => link.kind)].join(" ");
}

function findingLine({ rule, cause, verdict, statusCode, origin, readings = [] }: FindingReport): string {
  return [
    rule,
    cause,
    verdict,
    statusCode,
    origin?.address,
    origin?.orBehind,
    ...readings.map((reading) => reading.cause),
  ].join(" ");
}

function transformed(traffic: Traffic, transformation: Transformation): Traffic {
  const { shiftMicros = 0 } = transformation;
  return {
    ...traffic,
    seen: traffic.seen.map((each) =>
      "kind" in each ? otherEvent(each, transformation) : otherPacket(each, transformation),
    ),
    observedUntilMicros: traffic.observedUntilMicros + shiftMicros,
  };
}

function isSame(a: Packet, b: Packet): boolean {
  return a.timeMicros === b.timeMicros && a.source === b.source && textOf(a) === textOf(b);
}
