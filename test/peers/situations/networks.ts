import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

const challenge = 'Proxy-Authenticate: Digest realm="sip.example.test", nonce="0a1b2c3d", algorithm=MD5';

/** Silence, errors below SIP, loops, and what cannot be read. */
export const networks: readonly Situation[] = [
  {
    name: "nothing-answers",
    actors: [ua("silent", { finishes: false }), ua("callInVain", { host: "caller", next: "callee" })],
    watchSeconds: 2,
    outcomes: ["unanswered:undefined"],
    findings: [finding("request-unanswered next-hop-silent")],
  },
  {
    name: "port-closed",
    actors: [ua("callInVain", { host: "caller", next: "callee", args: { times: "2" } })],
    watchSeconds: 33,
    outcomes: ["unanswered:undefined"],
    findings: [finding("request-unanswered icmp-unreachable")],
  },
  {
    name: "silent-behind-the-proxy",
    actors: [ua("silent", { finishes: false }), sipp("refused", { user: "1002", fill: { code: "408" } })],
    outcomes: ["failed:408"],
    findings: [finding("request-timed-out next-hop-silent", 408, "core", { says: "to 10.9.0.30:5060" })],
  },
  {
    name: "port-closed-behind-the-proxy",
    actors: [sipp("refused", { user: "closed", fill: { code: "408" } })],
    outcomes: ["failed:408"],
    findings: [finding("request-timed-out next-hop-silent", 408, "core", { says: "to 10.9.0.30:5099" })],
  },
  {
    name: "host-absent-behind-the-proxy",
    actors: [sipp("refused", { user: "absent", fill: { code: "408" } })],
    outcomes: ["failed:408"],
    findings: [finding("request-timed-out next-hop-silent", 408, "core", { says: "not in this capture" })],
  },
  {
    name: "connection-refused-behind-the-proxy",
    actors: [sipp("refused", { user: "closed-tcp", fill: { code: "477" } })],
    outcomes: ["failed:477"],
    findings: [finding("service-unavailable local-send-failure", 477, "core")],
  },
  {
    name: "unreadable-answer",
    actors: [ua("mumble"), sipp("refused", { user: "trunk", fill: { code: "502" } })],
    outcomes: ["failed:502"],
    findings: [finding("gateway-bad-response malformed", 502, "core")],
  },
  {
    name: "answer-shorter-than-it-says",
    actors: [
      sipp("answer-too-short", { transport: "tcp", finishes: false }),
      sipp("refused", { user: "tcp-1002", fill: { code: "408" } }),
    ],
    watchSeconds: 5,
    outcomes: ["failed:408"],
    findings: [finding("response-malformed content-length", 200, undefined, { says: "10.9.0.30:5060" })],
  },
  {
    name: "too-large-for-the-path",
    pathMtu: 1000,
    actors: [
      ua("respond", {
        args: { status: "407 Proxy Authentication Required", header: challenge, times: "2" },
        finishes: false,
      }),
      ua("growTooLarge", { host: "caller", next: "callee" }),
    ],
    watchSeconds: 2,
    outcomes: ["unanswered:undefined"],
    findings: [finding("datagram-too-large fragments-lost")],
  },
  {
    name: "answers-to-another-port",
    actors: [
      sipp("refuse", { fill: { code: "486", phrase: "Busy Here" }, finishes: false }),
      ua("callFromBehindNat", { host: "caller" }),
    ],
    watchSeconds: 2,
    outcomes: ["busy:486"],
    findings: [finding("response-misdelivered no-rport"), finding("callee-busy", 486, "callee", { optional: true })],
  },
  {
    // Kamailio prefers the lowest code of a class: 408 of the silent phone before 486 of the busy one.
    name: "busy-beside-a-silent-phone",
    actors: [
      sipp("refuse", { fill: { code: "486", phrase: "Busy Here" } }),
      ua("silent", { host: "target", finishes: false }),
      sipp("refused", { user: "fork", fill: { code: "408" } }),
    ],
    outcomes: ["failed:408"],
    findings: [
      finding("better-answer-hidden", 408, "core"),
      finding("callee-busy", 486, "callee", { optional: true }),
      finding("request-timed-out next-hop-silent", 408, "core"),
    ],
  },
  {
    name: "loop",
    actors: [sipp("refused", { user: "loop", fill: { code: "483", hops: "10" } })],
    outcomes: ["failed:483"],
    findings: [finding("routing-loop proxy-loop", 483, "edge", { says: "to 10.9.0.21" })],
  },
  {
    name: "no-hops-left",
    actors: [sipp("refused", { user: "1002", fill: { code: "483", hops: "0" } })],
    outcomes: ["failed:483"],
    findings: [finding("hops-exhausted-at-source")],
  },
  {
    name: "cancel-without-end",
    actors: [
      ua("ring", { args: { cancelled: "" } }),
      ua("callAndCancel", { host: "caller", next: "callee", args: { end: "no" } }),
    ],
    watchSeconds: 33,
    outcomes: ["cancelled:undefined"],
    findings: [finding("cancel-ignored no-487")],
  },
];
