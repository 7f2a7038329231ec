import { baresip } from "../baresip.ts";
import type { Actor } from "../actor.ts";
import { ua } from "../scriptedUa.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

const softphone = baresip({ host: "callee", user: "1002" });
const caller = (script: string, args: Readonly<Record<string, string>> = {}): Actor =>
  ua(script, { host: "caller", args });

/** What goes wrong inside calls, and with CANCEL. */
export const dialogs: readonly Situation[] = [
  {
    name: "ack-never-sent",
    actors: [ua("answerUnheard"), caller("callWithoutAck")],
    watchSeconds: 1,
    outcomes: ["answered:200"],
    findings: [finding("ack-missing ack-not-sent", 200, "callee")],
  },
  {
    name: "answer-without-contact",
    actors: [ua("answerUnheard", { args: { contact: "" } }), caller("callWithoutAck")],
    watchSeconds: 1,
    outcomes: ["answered:200"],
    findings: [
      finding("ack-missing contact-absent", 200, "callee"),
      finding("response-malformed field-missing", 200, "callee", { optional: true }),
    ],
  },
  {
    name: "answer-with-unreachable-contact",
    actors: [
      ua("answerUnheard", { args: { contact: "Contact: <sip:1002@192.168.77.5:5060>" } }),
      caller("callIntoTheVoid"),
    ],
    watchSeconds: 1,
    outcomes: ["answered:200"],
    findings: [finding("ack-missing contact-unroutable", 200, "callee", { says: "192.168.77.5" })],
  },
  {
    name: "answered-after-a-gateway-that-is-silent",
    actors: [ua("silent", { finishes: false }), sipp("answer", { host: "target" }), sipp("call", { user: "hunt" })],
    outcomes: ["answered:200"],
    findings: [
      finding("request-unanswered next-hop-silent", undefined, undefined, {
        verdict: ["likely"],
        says: "10.9.0.21:5060 then went on to 10.9.0.40:5060",
      }),
    ],
  },
  {
    name: "cancelled-by-caller",
    actors: [ua("ring"), caller("callAndCancel")],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled caller-gave-up", 487)],
  },
  {
    name: "cancelled-by-caller-with-a-softphone",
    actors: [
      baresip({ host: "callee", user: "1002", answers: "manual" }),
      caller("callAndCancel", { reason: 'Reason: SIP;cause=487;text="ORIGINATOR_CANCEL"' }),
    ],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled caller-gave-up", 487)],
  },
  {
    name: "cancelled-answered-elsewhere",
    actors: [ua("ring"), caller("callAndCancel", { reason: 'Reason: SIP;cause=200;text="Call completed elsewhere"' })],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled answered-elsewhere", 487)],
  },
  {
    name: "cancelled-by-a-timer",
    proxies: ["RING_MILLISECONDS=40000"],
    actors: [ua("ring"), caller("callAndCancel", { after: "15" })],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled ring-timeout", 487)],
  },
  {
    name: "cancelled-for-a-reason-elsewhere",
    proxies: ["RING_MILLISECONDS=40000"],
    actors: [ua("ring"), caller("callAndCancel", { after: "15", reason: 'Reason: SIP;cause=603;text="Decline"' })],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled reason-given", 487, undefined, { says: "SIP 603" })],
  },
  {
    name: "rang-out-at-the-proxy",
    actors: [ua("ring"), sipp("refused", { user: "1002", fill: { code: "408" } })],
    outcomes: ["unanswered:408"],
    findings: [finding("request-timed-out not-answered", 408, "core")],
  },
  {
    name: "cancel-crossed-the-answer",
    actors: [ua("answerOnCancel"), caller("callAndCancel")],
    outcomes: ["answered:200"],
    findings: [finding("cancel-ignored crossed-answer")],
  },
  {
    name: "bye-with-wrong-tag",
    actors: [softphone, caller("byeWithWrongTag")],
    outcomes: ["answered:200"],
    findings: [finding("dialog-unknown tag-wrong-or-missing", 481, "callee")],
  },
  {
    name: "dialog-forgotten",
    actors: [ua("forget"), caller("call")],
    outcomes: ["answered:200"],
    findings: [finding("dialog-unknown", 481, "callee")],
  },
  {
    name: "counted-backwards",
    actors: [softphone, caller("countBackwards")],
    outcomes: ["answered:200"],
    findings: [finding("sequence-out-of-order cseq-lower", 500, "callee")],
  },
  {
    name: "offers-crossed",
    actors: [ua("glareBack"), caller("glare", { hold: "34" })],
    watchSeconds: 1,
    outcomes: ["answered:200"],
    findings: [finding("offer-glare no-retry|crossing", 491)],
  },
  {
    name: "offers-crossed-and-hung-up",
    actors: [ua("glareBack"), caller("glare")],
    outcomes: ["answered:200"],
    findings: [finding("offer-glare no-retry", 491, "callee", { says: "ended the call at once" })],
  },
  {
    name: "offers-crossed-and-tried-again-too-soon",
    actors: [ua("glareBack", { args: { again: "yes" } }), caller("glare", { again: "0.3" })],
    outcomes: ["answered:200"],
    findings: [finding("offer-glare retry-in-wrong-window", 491)],
  },
  {
    name: "offers-crossed-and-tried-again-in-time",
    actors: [ua("glareBack", { args: { again: "yes" } }), caller("glare", { again: "2.6" })],
    outcomes: ["answered:200"],
    findings: [],
  },
  {
    name: "prack-never-sent",
    proxies: ["RING_MILLISECONDS=60000"],
    actors: [ua("answerReliably", { args: { hears: "no" } }), caller("callWithoutPrack")],
    watchSeconds: 1,
    outcomes: ["failed:504"],
    findings: [finding("prack-missing")],
  },
  {
    name: "session-not-refreshed",
    actors: [ua("endUnrefreshed"), caller("callUntilBye", { header: "Supported: timer|Session-Expires: 30" })],
    outcomes: ["answered:200"],
    findings: [
      finding("session-timer-expired refresh-not-sent", undefined, undefined, { says: "refreshed by 10.9.0.10" }),
    ],
  },
  {
    name: "ended-by-the-proxy",
    proxies: ["LONGEST_CALL_SECONDS=4"],
    actors: [softphone, caller("callUntilBye")],
    // The caller is done with its BYE; that to the softphone may come later on a busy machine.
    watchSeconds: 3,
    outcomes: ["answered:200"],
    findings: [
      // Where the caller's 200 is back before the other BYE was sent, the proxy may be done with the call, and only one BYE shows it.
      finding("ended-in-between by-itself", undefined, undefined, {
        verdict: ["certain", "likely"],
        says: "10.9.0.20:5060",
      }),
      // The scripted caller sends no audio and listens for none; whether that is told depends on how long the proxy takes.
      finding("media-missing one-way|unreachable", undefined, undefined, { optional: true }),
    ],
  },
  {
    name: "ended-for-want-of-a-keep-alive",
    proxies: ["KEEP_ALIVE_SECONDS=30"],
    actors: [ua("answer"), caller("callUntilBye")],
    watchSeconds: 33,
    outcomes: ["answered:200"],
    findings: [
      finding("ended-in-between request-failed", undefined, undefined, {
        says: "10.9.0.20:5060 had sent OPTIONS to 10.9.0.30:5060",
      }),
      finding("request-timed-out sent-to-non-invite", 408, "core", { says: "10.9.0.30:5060" }),
    ],
  },
  {
    name: "hung-up-before-the-answer",
    proxies: ["RING_MILLISECONDS=60000"],
    actors: [ua("hangUpEarly"), caller("ringUntilBye")],
    watchSeconds: 33,
    outcomes: ["unanswered:undefined"],
    findings: [finding("final-response-missing bye-instead", undefined, undefined, { says: "10.9.0.30:5060" })],
  },
  {
    name: "hung-up-and-refused-before-the-answer",
    actors: [ua("hangUpEarly", { args: { end: "487 Request Terminated" } }), caller("ringUntilBye", { ends: "yes" })],
    outcomes: ["cancelled:487"],
    findings: [finding("call-cancelled not-by-client", 487, "callee", { says: "with a BYE" })],
  },
  {
    name: "media-failed",
    actors: [
      ua("hangUpAtOnce", { args: { reason: 'Reason: Q.850;cause=88;text="Incompatible destination"' } }),
      caller("callUntilBye"),
    ],
    outcomes: ["answered:200"],
    findings: [finding("media-failed-after-answer")],
  },
  {
    name: "dropped-by-the-network",
    actors: [
      ua("hangUpAtOnce", { args: { reason: 'Reason: Q.850;cause=41;text="Temporary failure"' } }),
      caller("callUntilBye"),
    ],
    outcomes: ["answered:200"],
    findings: [finding("call-dropped network-failure", undefined, undefined, { says: "10.9.0.30" })],
  },
  {
    name: "made-room-for-a-call-of-higher-priority",
    actors: [
      ua("hangUpAtOnce", { args: { reason: 'Reason: preemption ;cause=1 ;text="UA Preemption"' } }),
      caller("callUntilBye"),
    ],
    outcomes: ["answered:200"],
    findings: [finding("call-dropped preempted", undefined, undefined, { says: "10.9.0.30" })],
  },
  {
    name: "answered-and-then-nobody-reached",
    actors: [
      ua("hangUpAtOnce", { args: { reason: 'Reason: SIP;cause=486|Reason: Q.850;cause=17;text="User busy"' } }),
      caller("callUntilBye"),
    ],
    outcomes: ["answered:200"],
    findings: [finding("call-dropped onward-failed", undefined, undefined, { says: "Q.850 17" })],
  },
  {
    name: "every-line-of-media-refused",
    actors: [ua("answerWithoutMedia"), caller("call")],
    outcomes: ["answered:200"],
    findings: [finding("media-not-acceptable", 200, "callee", { verdict: ["indeterminate", "likely"] })],
  },
  {
    name: "merged",
    actors: [ua("refuseTheSecondCopy"), caller("call", { user: "twice" })],
    outcomes: ["answered:200"],
    findings: [],
  },
  {
    name: "second-answer-leaked",
    actors: [
      ua("answer", { finishes: false }),
      ua("answerUnheard", { host: "target", args: { ring: "0.6" }, finishes: false }),
      caller("callAndTakeOne"),
    ],
    watchSeconds: 1,
    outcomes: ["answered:200"],
    findings: [finding("extra-answer-leaked")],
  },
];
