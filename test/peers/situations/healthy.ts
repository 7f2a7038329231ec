import { baresip } from "../baresip.ts";
import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import type { Situation } from "../situation.ts";

const answered = { outcomes: ["answered:200"], findings: [] };
const bye = { user: "1002" };

/** Nothing is wrong in these, and the report must not say that something is. */
export const healthy: readonly Situation[] = [
  { name: "answered", actors: [sipp("answer"), sipp("call", bye)], ...answered },
  {
    name: "answered-over-tcp",
    actors: [sipp("answer", { transport: "tcp" }), sipp("call", { user: "tcp-only", transport: "tcp" })],
    ...answered,
  },
  {
    name: "answered-from-udp-to-tcp",
    actors: [sipp("answer", { transport: "tcp" }), sipp("call", { user: "tcp-1002" })],
    ...answered,
  },
  {
    name: "answered-over-ipv6",
    actors: [sipp("answer", { ipv6: true }), sipp("call", { user: "1002", ipv6: true })],
    ...answered,
  },
  {
    name: "answered-over-websocket",
    proxies: ["WITH_WEBSOCKET"],
    actors: [sipp("answer"), ua("call", { host: "caller", transport: "ws", port: 45_060, nextPort: 8080 })],
    ...answered,
  },
  {
    name: "answered-authenticated",
    actors: [sipp("answer"), sipp("authenticated-call", { user: "auth-1002" })],
    ...answered,
  },
  { name: "answered-after-early-media", actors: [sipp("answer-early"), sipp("call", bye)], ...answered },
  { name: "answered-reliably", actors: [ua("answerReliably"), ua("callReliably", { host: "caller" })], ...answered },
  { name: "answered-in-fragments", actors: [ua("answer"), ua("callAtLength", { host: "caller" })], ...answered },
  {
    name: "answered-with-the-offer-in-the-200",
    actors: [sipp("answer"), ua("callWithoutOffer", { host: "caller" })],
    ...answered,
  },
  { name: "answered-and-held", actors: [sipp("answer-reinvites"), sipp("reinvited-call", bye)], ...answered },
  {
    name: "answered-and-hung-up-by-callee",
    actors: [sipp("answer-and-hang-up"), sipp("hung-up-on", bye)],
    ...answered,
  },
  {
    name: "answered-and-refreshed",
    actors: [
      sipp("answer-refreshed", { fill: { headers: "Require: timer\nSession-Expires: 6;refresher=uac" } }),
      ua("callAndRefresh", { host: "caller" }),
    ],
    ...answered,
  },
  {
    name: "answered-on-one-of-two-phones",
    actors: [
      ua("ring", { host: "target" }),
      sipp("answer", { fill: { ring: "1000" } }),
      sipp("call", { user: "fork" }),
    ],
    ...answered,
  },
  {
    name: "answered-by-the-second-in-line",
    actors: [
      sipp("refuse", { fill: { code: "486", phrase: "Busy Here" } }),
      sipp("answer", { host: "target" }),
      sipp("call", { user: "hunt" }),
    ],
    ...answered,
  },
  {
    name: "answered-after-a-redirection",
    actors: [sipp("answer"), ua("followRedirect", { host: "caller" })],
    ...answered,
  },
  {
    name: "answered-after-a-redirection-under-another-call-id",
    actors: [sipp("answer"), ua("followRedirect", { host: "caller", args: { anew: "yes" } })],
    ...answered,
  },
  {
    name: "answered-by-a-softphone",
    actors: [baresip({ host: "callee", user: "1002" }), sipp("call", { user: "1002", fill: { talk: "2000" } })],
    ...answered,
  },
  {
    name: "answered-by-a-registered-softphone",
    actors: [baresip({ host: "callee", user: "bob", registers: true }), sipp("call", { user: "bob" })],
    outcomes: ["answered:200", "succeeded:200"],
    findings: [],
  },
  {
    name: "answered-through-a-b2bua",
    actors: [
      sipp("answer", { host: "target" }),
      ua("backToBack"),
      sipp("call", {
        user: "1002",
        fill: { headers: "Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000" },
      }),
    ],
    ...answered,
  },
  {
    name: "answered-by-one-of-a-group-where-another-is-busy",
    actors: [
      sipp("refuse", {
        host: "target",
        fill: { code: "486", phrase: "Busy Here", before: '<pause milliseconds="50"/>' },
      }),
      sipp("answer", { host: "target", port: 5062 }),
      ua("ringGroup"),
      sipp("call", { user: "1002" }),
    ],
    ...answered,
  },
  {
    name: "registered",
    actors: [baresip({ host: "caller", user: "alice", registers: true, seconds: 3, leads: true })],
    outcomes: ["succeeded:200"],
    findings: [],
  },
  {
    name: "registered-as-long-as-told",
    actors: [ua("registerBriefly", { host: "caller" })],
    outcomes: ["succeeded:200"],
    findings: [],
  },
  {
    name: "answered-without-the-encryption-offered-first",
    actors: [
      ua("refuseThenAnswer", { args: { status: "488 Not Acceptable Here" } }),
      ua("callWithEncryptionFirst", { host: "caller" }),
    ],
    ...answered,
  },
  {
    name: "answered-with-the-interval-it-was-told",
    actors: [
      ua("refuseThenAnswer", { args: { status: "422 Session Interval Too Small", header: "Min-SE: 90" } }),
      ua("callTwice", {
        host: "caller",
        args: {
          header: "Supported: timer|Session-Expires: 60",
          retry: "Supported: timer|Session-Expires: 90|Min-SE: 90",
        },
      }),
    ],
    ...answered,
  },
  {
    name: "pinged",
    actors: [sipp("request", { user: "edge", fill: { method: "OPTIONS", user: "", code: "200" } })],
    outcomes: ["succeeded:200"],
    findings: [],
  },
  {
    name: "message-delivered",
    actors: [
      sipp("answer-request", { fill: { method: "MESSAGE", code: "200", phrase: "OK" } }),
      sipp("request", {
        user: "1002",
        fill: {
          method: "MESSAGE",
          user: "1002@",
          code: "200",
          body: "Content-Type: text/plain\nContent-Length: [len]\n\nHello.",
        },
      }),
    ],
    outcomes: ["succeeded:200"],
    findings: [],
  },
  {
    name: "subscribed-and-notified",
    actors: [ua("notifyOnce"), ua("subscribe", { host: "caller" })],
    outcomes: ["succeeded:200"],
    findings: [],
  },
];
