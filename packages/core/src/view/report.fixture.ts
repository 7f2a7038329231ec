import type { CallReport, FindingReport, MessageReport, Report } from "../diagnosis/report.ts";

/** Reports made by hand for the tests of the views. */

export const gatewayFinding: FindingReport = {
  rule: "gateway-destination-out-of-order",
  cause: "network",
  verdict: "certain",
  statusCode: 502,
  title: "The telephone network behind 10.9.0.30 is out of order",
  why: "10.9.0.30 is a gateway to the telephone network, and that network released the call with Q.850 cause 38, network out of order. By RFC 3398 the gateway should have said 503; a 502 is what an earlier 502 became on its way through ISDN.",
  fix: [
    "On 10.9.0.30: look at the trunk to the telephone network at 10:04:11 UTC, alarms first.",
    "Ask the carrier of that trunk with the called number, the time and cause 38.",
    "On the proxy 10.9.0.20: route to another gateway when `Reason: Q.850;cause=38` comes.",
  ],
  origin: {
    address: "10.9.0.30:5060",
    orBehind: false,
    product: "OpenGW 3.2",
    basis: [
      "It sent the 502 without having received a final response from further down.",
      "Its Server header field names it.",
    ],
  },
  evidence: [
    { capture: 0, frame: 6, time: "2026-11-22T10:04:11.123456Z", quote: "SIP/2.0 502 Bad Gateway" },
    {
      capture: 0,
      frame: 6,
      time: "2026-11-22T10:04:11.123456Z",
      quote: 'Reason: Q.850;cause=38;text="Network out of order"',
    },
    { capture: 0, frame: 7, time: "2026-11-22T10:04:11.125001Z", quote: "SIP/2.0 502 Bad Gateway" },
  ],
  missing: [],
  citations: ["RFC 3398 §7.2.4.1"],
  values: { q850: 38, gateway: "10.9.0.30" },
};

export const silentFinding: FindingReport = {
  rule: "request-timed-out",
  cause: "next-hop-silent",
  verdict: "likely",
  statusCode: 408,
  title: "Nothing behind 10.9.0.21 answered the INVITE",
  why: "10.9.0.21 said 100 Trying at once, then nothing for 32 s, which is Timer B: whatever it sent the INVITE to did not answer.",
  fix: ["On 10.9.0.21: find the next hop for this number and look whether it is up."],
  origin: { address: "10.9.0.21:5060", orBehind: true, basis: ["The 408 came 32.0 s after the INVITE."] },
  evidence: [{ capture: 0, frame: 31, time: "2026-11-22T10:05:43.000100Z", quote: "SIP/2.0 408 Request Timeout" }],
  missing: ["The leg behind 10.9.0.21: capture on that proxy, on all its interfaces."],
  readings: [
    {
      cause: "no-binding",
      why: "The number has no registration and the proxy waited for one.",
      decidedBy: "A 100 Trying from 10.9.0.21 without an INVITE leaving it.",
    },
  ],
  citations: ["RFC 3261 §16.7", "RFC 3261 §21.4.9"],
  values: {},
};

export const busyFinding: FindingReport = {
  rule: "callee-busy",
  cause: "person-busy",
  verdict: "certain",
  statusCode: 486,
  title: "The called party is in another call",
  why: "The phone rang for 2.1 s before it said busy: a person or their other call did that.",
  fix: ["Nothing to repair. If callers should not hear busy, on the PBX: turn on call waiting or forwarding on busy."],
  origin: { address: "10.9.0.40:5060", orBehind: false, product: "baresip v1.1.0", basis: [] },
  evidence: [{ capture: 0, frame: 40, time: "2026-11-22T10:06:00.000000Z", quote: "SIP/2.0 486 Busy Here" }],
  missing: [],
  citations: [],
  values: {},
};

export const messages: readonly MessageReport[] = [
  message(1, 0, 10, 20, "INVITE"),
  message(2, 0.001, 20, 10, "100 Trying", 100),
  message(3, 0.0021, 20, 30, "INVITE"),
  { ...message(4, 0.5021, 20, 30, "INVITE"), retransmissionOf: 3 },
  { ...message(5, 1.5021, 20, 30, "INVITE"), retransmissionOf: 3 },
  message(6, 5.1234, 30, 20, "502 Bad Gateway", 502),
  message(7, 5.125, 20, 10, "502 Bad Gateway", 502),
  message(8, 5.126, 20, 30, "ACK"),
  message(10, 5.13, 10, 20, "ACK"),
];

export function message(
  frame: number,
  seconds: number,
  from: number,
  to: number,
  label: string,
  statusCode?: number,
): MessageReport {
  const micros = Math.round((seconds % 1) * 1e6);
  const time = `2026-11-22T10:04:${String(6 + Math.floor(seconds)).padStart(2, "0")}.${String(micros).padStart(6, "0")}Z`;
  const [source, destination] = [`10.9.0.${from}:5060`, `10.9.0.${to}:5060`];
  const base = {
    capture: 0,
    frame,
    time,
    callId: "a84b4c76e66710@10.9.0.10",
    source,
    destination,
    transport: "udp",
    label,
    method: "INVITE",
  };
  return statusCode === undefined ? base : { ...base, statusCode };
}

export const failedCall: CallReport = {
  id: "1",
  kind: "call",
  callIds: ["a84b4c76e66710@10.9.0.10"],
  from: "sip:alice@example.org",
  to: "sip:+4930123456@example.org",
  startTime: "2026-11-22T10:04:06.000000Z",
  durationSeconds: 5.13,
  outcome: { kind: "failed", statusCode: 502 },
  links: [],
  findings: [gatewayFinding],
};

export const answeredCall: CallReport = {
  ...failedCall,
  id: "2",
  callIds: ["answered@10.9.0.10"],
  outcome: { kind: "answered", statusCode: 200 },
  durationSeconds: 312.4,
  findings: [],
};

export const busyCall: CallReport = {
  ...failedCall,
  id: "3",
  callIds: ["busy@10.9.0.10"],
  outcome: { kind: "busy", statusCode: 486 },
  findings: [busyFinding],
};

export const timedOutCall: CallReport = {
  ...failedCall,
  id: "4",
  callIds: ["silent@10.9.0.10"],
  outcome: { kind: "failed", statusCode: 408 },
  durationSeconds: 32,
  findings: [silentFinding],
};

export const registration: CallReport = {
  ...answeredCall,
  id: "5",
  kind: "registration",
  callIds: ["register@10.9.0.10"],
  to: "sip:alice@example.org",
  outcome: { kind: "succeeded", statusCode: 200 },
  durationSeconds: 0.014,
};

/** A report of one capture with these calls. */
export function reportOf(calls: readonly CallReport[], changes: Partial<Report> = {}): Report {
  return {
    version: 1,
    captures: [
      {
        name: "gateway.pcap",
        format: "pcap",
        frames: 20,
        messages: 20,
        firstTime: "2026-11-22T10:04:06.000000Z",
        lastTime: "2026-11-22T10:04:18.300000Z",
        incidents: [],
      },
    ],
    totals: {
      messages: 20,
      requests: 9,
      responses: 11,
      calls: calls.filter(({ kind }) => kind === "call").length,
      failedCalls: calls.filter(({ outcome }) => outcome.kind === "failed").length,
      statusCodes: { 502: 2 },
    },
    calls,
    findings: [],
    ...changes,
  };
}
