import { baresip } from "../baresip.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

const user = "1002";
const softphone = baresip({ host: "callee", user });

/** Blind transfers: the caller sends REFER, the callee calls the target. RFC 3515, RFC 5589 §6 */
export const transfers: readonly Situation[] = [
  {
    name: "transferred-by-a-softphone",
    actors: [sipp("answer", { host: "target", finishes: false }), softphone, sipp("transfer", { user })],
    outcomes: ["answered:200"],
    findings: [],
  },
  {
    name: "transferred",
    actors: [sipp("transferee"), sipp("transfer", { user })],
    outcomes: ["answered:200"],
    findings: [],
  },
  {
    name: "transferred-to-a-busy-phone",
    actors: [
      sipp("refuse", { host: "target", fill: { code: "486", phrase: "Busy Here" } }),
      softphone,
      sipp("transfer", { user }),
    ],
    outcomes: ["answered:200"],
    findings: [finding("transfer-failed", 486, "target"), finding("callee-busy", 486, "target", { optional: true })],
  },
  {
    name: "transfer-reported-as-failed",
    actors: [sipp("transferee", { fill: { frag: "404 Not Found" } }), sipp("transfer", { user })],
    outcomes: ["answered:200"],
    findings: [finding("transfer-failed", 404)],
  },
  {
    name: "transfer-refused",
    actors: [
      sipp("transferee-mute", { fill: { code: "603", phrase: "Decline" } }),
      sipp("transfer-unheard", { user, fill: { code: "603" } }),
    ],
    outcomes: ["answered:200"],
    findings: [finding("transfer-refused", 603, "callee")],
  },
  {
    name: "transfer-refused-with-500",
    actors: [
      sipp("transferee-mute", { fill: { code: "500", phrase: "Server Internal Error" } }),
      sipp("transfer-unheard", { user, fill: { code: "500" } }),
    ],
    outcomes: ["answered:200"],
    findings: [finding("transfer-refused", 500, "callee")],
  },
  {
    name: "transfer-never-reported",
    actors: [
      sipp("transferee-mute", { fill: { code: "202", phrase: "Accepted" } }),
      sipp("transfer-unheard", { user, fill: { code: "202" } }),
    ],
    watchSeconds: 33,
    outcomes: ["answered:200"],
    findings: [finding("transfer-outcome-unknown no-notify", 202)],
  },
  {
    name: "transfer-report-refused",
    actors: [
      sipp("transferee", { fill: { notifyCode: "481" }, finishes: false }),
      sipp("transfer", { user, fill: { notified: "481 Subscription Does Not Exist" } }),
    ],
    outcomes: ["answered:200"],
    findings: [finding("transfer-notify-rejected subscription-unknown", 481, "caller")],
  },
];
