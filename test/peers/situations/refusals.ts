import { baresip } from "../baresip.ts";
import { inTurn } from "../actor.ts";
import type { Host } from "../network.ts";
import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import { finding, type ExpectedFinding, type Situation } from "../situation.ts";

type Fill = Readonly<Record<string, string>>;

/** A call that the callee refuses with this status, the field that explains it, and what the caller sent. */
function refused(
  name: string,
  status: string,
  outcome: string,
  expected: string,
  fill: Fill = {},
  offer: Fill = {},
): Situation {
  const [code] = status.split(" ", 1);
  const phrase = status.slice(4);
  return {
    name,
    actors: [
      sipp("refuse", { fill: { code, phrase, ...fill } }),
      sipp("refused", { user: "1002", fill: { code, ...offer } }),
    ],
    outcomes: [`${outcome}:${code}`],
    findings: [finding(expected, Number(code), "callee")],
  };
}

/** A call that a proxy refuses by itself, for the user that is called. */
function refusedByProxy(
  name: string,
  user: string,
  code: number,
  outcome: string,
  expected: string,
  origin: Host = "edge",
): Situation {
  return {
    name,
    actors: [sipp("refused", { user, fill: { code: String(code) } })],
    outcomes: [`${outcome}:${code}`],
    findings: [finding(expected, code, origin)],
  };
}

/** A request other than INVITE that the callee refuses. */
function requestRefused(
  name: string,
  method: string,
  status: string,
  expected: string,
  header = "",
  callee = "",
  says?: string,
): Situation {
  const statusCode = Number(status.slice(0, 3));
  return {
    name,
    actors: [
      ua("respond", { args: { method, status, header: callee } }),
      ua("request", { host: "caller", args: { method, header } }),
    ],
    outcomes: [`failed:${statusCode}`],
    findings: [finding(expected, statusCode, "callee", { says })],
  };
}

const rings = `  <send>
    <![CDATA[
SIP/2.0 180 Ringing
[last_Via:]
[last_Record-Route:]
[last_From:]
[last_To:];tag=[call_number]b[pid]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:callee@[local_ip]:[local_port]>
Content-Length: 0

    ]]>
  </send>
  <pause milliseconds="1500"/>
`;

const speexOnly = "m=audio [media_port] RTP/AVP 97\na=rtpmap:97 speex/16000";
const challengedThrice = (
  talk: string,
  password: string,
  user: string,
  proxies: readonly string[],
  expected: ExpectedFinding,
): Situation => ({
  name: user,
  proxies,
  actors: [sipp("challenged-again", { user, fill: { talk, password } })],
  outcomes: ["failed:407"],
  findings: [expected],
});

export const refusals: readonly Situation[] = [
  refused("busy", "486 Busy Here", "busy", "callee-busy person-busy", { before: rings }),
  refused("busy-at-once", "486 Busy Here", "busy", "callee-busy device-at-once"),
  refused("busy-everywhere", "600 Busy Everywhere", "busy", "callee-busy everywhere"),
  refused("declined", "603 Decline", "declined", "callee-declined by-person", { before: rings }),
  refused("declined-at-once", "603 Decline", "declined", "callee-declined by-device|by-policy"),
  refused("unwanted", "607 Unwanted", "declined", "call-blocked by-person"),
  refused("blocked-by-analytics", "608 Rejected", "declined", "call-blocked by-analytics", {
    headers: "Call-Info: <https://block.example.test/why>;purpose=jwscard",
  }),
  refused("do-not-disturb", "480 Do Not Disturb", "failed", "callee-unavailable do-not-disturb"),
  refused("not-answered-in-the-pstn", "480 Temporarily Unavailable", "unanswered", "callee-unavailable not-answered", {
    before: rings,
    headers: "Reason: Q.850;cause=19",
  }),
  refused("absent-in-the-pstn", "480 Temporarily Unavailable", "failed", "callee-unavailable absent", {
    headers: "Reason: Q.850;cause=20",
  }),
  refused("unallocated", "404 Not Found", "failed", "number-not-found unallocated-in-pstn", {
    headers: "Reason: Q.850;cause=1",
  }),
  refused("exists-nowhere", "604 Does Not Exist Anywhere", "failed", "number-not-found"),
  refused("gone", "410 Gone", "failed", "number-not-found gone"),
  refused("incomplete", "484 Address Incomplete", "failed", "number-not-found incomplete"),
  refused("ambiguous", "485 Ambiguous", "failed", "number-not-found ambiguous"),
  refused(
    "no-common-codec",
    "488 Not Acceptable Here",
    "failed",
    "media-not-acceptable",
    {
      headers: 'Warning: 305 10.9.0.30 "Incompatible media format"',
    },
    { media: speexOnly },
  ),
  refused("media-not-acceptable-anywhere", "606 Not Acceptable", "failed", "media-not-acceptable"),
  refused("body-type-refused", "415 Unsupported Media Type", "failed", "body-refused content-type", {
    headers: "Accept: application/isup",
  }),
  refused(
    "answer-type-refused",
    "406 Not Acceptable",
    "failed",
    "body-refused accept",
    {},
    { headers: "Accept: text/plain" },
  ),
  refused(
    "extension-refused",
    "420 Bad Extension",
    "failed",
    "extension-refused",
    {
      headers: "Unsupported: com.example.billing",
    },
    { headers: "Require: com.example.billing" },
  ),
  refused("extension-required", "421 Extension Required", "failed", "extension-required", {
    headers: "Require: 100rel",
  }),
  refused("identity-missing", "428 Use Identity Header", "failed", "identity-rejected missing"),
  refused(
    "identity-wrong",
    "438 Invalid Identity Header",
    "failed",
    "identity-rejected signature-or-number",
    {},
    {
      headers:
        "Identity: eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl;info=<https://cert.example.test/a.pem>;alg=ES256;ppt=shaken",
    },
  ),
  refused("not-implemented", "501 Not Implemented", "failed", "method-refused not-implemented"),
  refused("method-not-allowed", "405 Method Not Allowed", "failed", "method-refused not-allowed", {
    headers: "Allow: OPTIONS, MESSAGE",
  }),
  refused("out-of-order-destination", "502 Bad Gateway", "failed", "gateway-destination-out-of-order destination", {
    headers: "Reason: Q.850;cause=27",
  }),
  refused("out-of-order-network", "502 Bad Gateway", "failed", "gateway-destination-out-of-order network", {
    headers: "Reason: Q.850;cause=38",
  }),
  refused("bad-gateway", "502 Bad Gateway", "failed", "gateway-failure-unexplained"),
  refused("server-error", "500 Server Internal Error", "failed", "service-unavailable server-error"),
  refused("too-large", "513 Message Too Large", "failed", "datagram-too-large refused"),
  refused("unregistered-code", "499 Quota Exhausted", "failed", "status-unregistered"),
  refused(
    "caller-id-refused",
    "403 Invalid Caller ID",
    "failed",
    "request-forbidden caller-id-refused|before-authentication",
  ),
  refused("forbidden-after-ringing", "403 Forbidden", "failed", "request-forbidden after-ringing", { before: rings }),
  refused("no-credit", "402 Payment Required", "failed", "request-refused payment-required"),
  refused(
    "anonymous-refused",
    "433 Anonymity Disallowed",
    "failed",
    "request-refused anonymous",
    {},
    {
      headers: "Privacy: id",
    },
  ),
  refused(
    "preconditions-refused",
    "580 Precondition Failure",
    "failed",
    "request-refused precondition-failed",
    {},
    {
      media: "m=audio 4000 RTP/AVP 8\na=curr:qos local none\na=des:qos mandatory local sendrecv",
    },
  ),
  refused("given-up-behind", "487 Request Terminated", "cancelled", "call-cancelled not-by-client", { before: rings }),
  refused("malformed-in-its-eyes", "400 Bad Request", "failed", "request-malformed no-flaw-found"),
  requestRefused(
    "event-refused",
    "SUBSCRIBE",
    "489 Bad Event",
    "event-package-refused",
    "Event: weather|Expires: 600",
    "Allow-Events: presence",
    "SUBSCRIBE of 10.9.0.10",
  ),
  requestRefused(
    "publication-refused",
    "PUBLISH",
    "405 Method Not Allowed",
    "method-refused not-allowed",
    "Event: presence",
    "Allow: INVITE, ACK, BYE, CANCEL",
  ),
  requestRefused(
    "message-type-refused",
    "MESSAGE",
    "415 Unsupported Media Type",
    "body-refused content-type",
    "Content-Type: application/xml",
    "Accept: text/plain",
  ),
  refusedByProxy("not-found-at-the-edge", "nobody", 404, "failed", "number-not-found"),
  refusedByProxy(
    "forbidden-before-authentication",
    "forbidden",
    403,
    "failed",
    "request-forbidden before-authentication",
  ),
  refusedByProxy("told-to-wait", "busy-here", 503, "failed", "service-unavailable told-to-wait"),
  refusedByProxy("not-registered", "reg-1002", 480, "failed", "callee-unavailable no-registration"),
  {
    name: "forbidden-after-authentication",
    actors: [sipp("authenticated-refused", { user: "auth-forbidden", fill: { code: "403" } })],
    outcomes: ["failed:403"],
    // One refusal alone does not tell a wrong password from an account that may not.
    findings: [
      finding("credentials-rejected|request-forbidden wrong-password-or-user|after-authentication", 403, "edge", {
        verdict: ["likely", "indeterminate"],
      }),
    ],
  },
  {
    name: "forbidden-to-an-account-that-is-let-in",
    actors: [
      sipp("answer"),
      inTurn(
        sipp("authenticated-call", { user: "auth-1002" }),
        sipp("authenticated-refused", { user: "auth-forbidden", fill: { code: "403" } }),
      ),
    ],
    outcomes: ["answered:200", "failed:403"],
    findings: [finding("request-forbidden after-authentication", 403, "edge")],
  },
  challengedThrice(
    "100",
    "wrong",
    "auth-wrong-password",
    [],
    finding("credentials-rejected wrong-password-or-user", 407, "edge"),
  ),
  challengedThrice(
    "2500",
    "s3cret",
    "stale-nonces",
    ["NONCE_LIFETIME=1"],
    finding("nonce-always-stale nonce-lifetime-too-short", 407, "edge"),
  ),
  {
    name: "registration-with-wrong-password",
    actors: [baresip({ host: "caller", user: "alice", password: "wrong", registers: true, seconds: 3, leads: true })],
    outcomes: ["failed:401"],
    findings: [finding("credentials-rejected wrong-password-or-user", 401, "edge")],
  },
  {
    name: "credentials-rejected-under-another-call-id",
    actors: [ua("answerChallenge", { host: "caller", args: { anew: "yes", password: "wrong" } })],
    outcomes: ["failed:407"],
    findings: [finding("credentials-rejected wrong-password-or-user", 407, "edge")],
  },
  {
    name: "challenge-unanswered",
    actors: [ua("request", { host: "caller", args: { method: "INVITE", user: "auth-1002" } })],
    watchSeconds: 33,
    outcomes: ["failed:407"],
    findings: [finding("challenge-unanswered no-credentials", 407, "edge")],
  },
  {
    name: "challenge-answered-in-the-wrong-header-field",
    actors: [ua("answerChallenge", { host: "caller", args: { field: "Authorization" } })],
    watchSeconds: 33,
    outcomes: ["failed:407"],
    findings: [finding("challenge-unanswered wrong-header", 407, "edge")],
  },
  {
    name: "registration-run-out",
    actors: [inTurn(ua("registerOnce"), sipp("refused", { user: "carol", fill: { code: "480" } }))],
    outcomes: ["succeeded:200", "failed:480"],
    findings: [
      finding("callee-unavailable registration-lapsed", 480, "edge"),
      finding("registration-lapsed not-refreshed", undefined, undefined, { optional: true }),
    ],
  },
  {
    name: "interval-ignored-at-registration",
    actors: [ua("registerBriefly", { host: "caller", args: { obeys: "no" } })],
    outcomes: ["failed:423"],
    findings: [finding("interval-too-small retry-ignored-minimum|expires", 423, "edge")],
  },
  {
    name: "session-interval-ignored",
    actors: [
      ua("respond", { args: { status: "422 Session Interval Too Small", header: "Min-SE: 90", times: "2" } }),
      ua("callTwice", {
        host: "caller",
        args: { header: "Supported: timer|Session-Expires: 60", retry: "Supported: timer|Session-Expires: 60" },
      }),
    ],
    outcomes: ["failed:422"],
    findings: [finding("interval-too-small retry-ignored-minimum", 422, "callee")],
  },
  {
    // A proxy must not hand a 503 on: it makes a 500 of it. RFC 3261 §16.7
    name: "no-circuit",
    actors: [
      sipp("refuse", {
        fill: {
          code: "503",
          phrase: "Service Unavailable",
          headers: 'Reason: Q.850;cause=34;text="No circuit available"',
        },
      }),
      sipp("refused", { user: "1002", fill: { code: "500" } }),
    ],
    outcomes: ["failed:500"],
    findings: [finding("service-unavailable cause-mapped", 503, "callee")],
  },
  {
    name: "redirect-not-followed",
    actors: [sipp("refused", { user: "moved", fill: { code: "302" } })],
    watchSeconds: 33,
    outcomes: ["redirected:302"],
    findings: [finding("redirect-not-followed not-tried", 302, "edge")],
  },
  {
    name: "redirected-to-nobody",
    proxies: ["FOLLOW_REDIRECTS"],
    actors: [
      sipp("refuse", { host: "target", fill: { code: "404", phrase: "Not Found" } }),
      ua("respond", {
        args: { method: "INVITE", status: "302 Moved Temporarily", header: "Contact: <sip:4711@10.9.0.40>" },
      }),
      sipp("refused", { user: "1002", fill: { code: "404" } }),
    ],
    outcomes: ["failed:404"],
    findings: [finding("number-not-found not-in-routing", 404, "target", { says: "sip:4711@10.9.0.40" })],
  },
  {
    name: "busy-behind-a-b2bua",
    actors: [
      sipp("refuse", { host: "target", fill: { code: "486", phrase: "Busy Here" } }),
      ua("backToBack"),
      sipp("refused", { user: "1002", fill: { code: "486" } }),
    ],
    outcomes: ["busy:486"],
    findings: [finding("callee-busy", 486, "target")],
  },
  {
    name: "remapped-by-a-b2bua",
    actors: [
      sipp("refuse", { host: "target", fill: { code: "486", phrase: "Busy Here" } }),
      ua("backToBack", { args: { status: "480 Temporarily Unavailable" } }),
      sipp("refused", { user: "1002", fill: { code: "480" } }),
    ],
    outcomes: ["failed:480"],
    findings: [finding("callee-busy", 486, "target")],
  },
  {
    name: "busy-on-both-forks",
    actors: [
      sipp("refuse", { fill: { code: "486", phrase: "Busy Here" } }),
      sipp("refuse", { host: "target", fill: { code: "486", phrase: "Busy Here" } }),
      sipp("refused", { user: "fork", fill: { code: "486" } }),
    ],
    outcomes: ["busy:486"],
    findings: [finding("callee-busy", 486)],
  },
];
