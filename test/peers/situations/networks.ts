import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

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
    findings: [finding("request-timed-out next-hop-silent", 408, "core")],
  },
  {
    name: "port-closed-behind-the-proxy",
    actors: [sipp("refused", { user: "closed", fill: { code: "408" } })],
    outcomes: ["failed:408"],
    findings: [finding("request-timed-out next-hop-silent", 408, "core")],
  },
  {
    name: "host-absent-behind-the-proxy",
    actors: [sipp("refused", { user: "absent", fill: { code: "408" } })],
    outcomes: ["failed:408"],
    findings: [finding("request-timed-out next-hop-silent", 408, "core")],
  },
  {
    name: "connection-refused-behind-the-proxy",
    actors: [sipp("refused", { user: "closed-tcp", fill: { code: "477" } })],
    outcomes: ["failed:477"],
    findings: [finding("status-unregistered", 477, "core")],
  },
  {
    name: "unreadable-answer",
    actors: [ua("mumble"), sipp("refused", { user: "trunk", fill: { code: "502" } })],
    outcomes: ["failed:502"],
    findings: [finding("gateway-bad-response malformed", 502, "core")],
  },
  {
    name: "loop",
    actors: [sipp("refused", { user: "loop", fill: { code: "483", hops: "10" } })],
    outcomes: ["failed:483"],
    findings: [finding("routing-loop proxy-loop", 483)],
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
