import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

const challenge = 'Proxy-Authenticate: Digest realm="sip.example.test", nonce="0a1b2c3d", algorithm=MD5';

/** A proxy answers for itself: what it had got from behind, or had not, tells why. */
export const ownAnswers: readonly Situation[] = [
  {
    name: "another-refusal-behind-a-404",
    actors: [
      sipp("refuse", { fill: { code: "503", phrase: "Service Unavailable", headers: "Retry-After: 60" } }),
      sipp("refused", { user: "remapped-unknown", fill: { code: "404" } }),
    ],
    outcomes: ["failed:404"],
    findings: [finding("service-unavailable told-to-wait", 503, "callee")],
  },
  {
    name: "silence-behind-a-480",
    actors: [ua("silent", { finishes: false }), sipp("refused", { user: "remapped", fill: { code: "480" } })],
    outcomes: ["failed:480"],
    findings: [finding("request-timed-out next-hop-silent", 480, "core", { says: "to 10.9.0.30:5060" })],
  },
  {
    name: "rang-out-behind-a-486",
    actors: [ua("ring"), sipp("refused", { user: "remapped-busy", fill: { code: "486" } })],
    outcomes: ["busy:486"],
    findings: [finding("request-timed-out not-answered", 486, "core")],
  },
  {
    name: "carrier-rejects-the-credentials-of-the-proxy",
    actors: [
      ua("respond", { args: { status: "407 Proxy Authentication Required", header: challenge, times: "2" } }),
      sipp("refused", { user: "carrier", fill: { code: "407" } }),
    ],
    outcomes: ["failed:407"],
    findings: [
      finding("credentials-rejected wrong-password-or-user", 407, "callee", { says: "10.9.0.21:5060 answered" }),
    ],
  },
];
