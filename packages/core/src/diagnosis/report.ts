import type { CallKind } from "../call/call.ts";
import type { Outcome, OutcomeKind } from "../call/outcome.ts";
import type { TimesLack } from "../capture/captureFormat.ts";
import type { IncidentKind } from "../capture/incident.ts";
import type { Counts, InputReport } from "../network/inputCounts.ts";

export type { CallKind, Counts, InputReport, Outcome, OutcomeKind, TimesLack };

/** The report: public API, version 1. Its JSON Schema is `packages/core/report.schema.json`. */
export interface Report {
  readonly version: 1;
  readonly captures: readonly CaptureReport[];
  readonly totals: Totals;
  readonly calls: readonly CallReport[];
  /** About the captures themselves. */
  readonly findings: readonly FindingReport[];
}

export interface CaptureReport {
  /** Of one in a container `traces.tar.gz/day1.pcap`. */
  readonly name: string;
  /** The input that it is a member of. */
  readonly container?: string;
  /** `pcap`, `pcapng`, … or `unknown`. */
  readonly format: string;
  readonly frames: number;
  /** SIP messages, duplicates included, as tshark counts them. */
  readonly messages: number;
  /** ISO 8601 with microseconds, UTC. Absent where no frame has a time. */
  readonly firstTime?: string;
  readonly lastTime?: string;
  /** What the log does not print with its times: a missing day is given as 1970-01-01, a missing year as 1972, and a missing zone as UTC. */
  readonly timesLack?: readonly TimesLack[];
  /** What was recognised in it and what was not, counted. Absent where it had no frames. */
  readonly input?: InputReport;
  readonly incidents: readonly IncidentReport[];
}

export interface IncidentReport {
  readonly kind: IncidentKind;
  readonly count: number;
  readonly frame?: number;
  /** Its sentence, in the language asked for. */
  readonly text: string;
}

export interface Totals {
  readonly messages: number;
  readonly requests: number;
  readonly responses: number;
  /** Calls of kind `call`. */
  readonly calls: number;
  readonly failedCalls: number;
  /** Responses by status code. */
  readonly statusCodes: Readonly<Record<string, number>>;
}

export interface CallReport {
  readonly id: string;
  readonly kind: CallKind;
  readonly callIds: readonly string[];
  /** URIs without parameters. */
  readonly from: string;
  readonly to: string;
  readonly startTime: string;
  readonly durationSeconds: number;
  /** True where the input does not say when its messages were sent: start and duration then only keep the order, from 1970 on. */
  readonly untimed?: boolean;
  readonly outcome: Outcome;
  /** Why Call-IDs were joined into one call; empty for one Call-ID. */
  readonly links: readonly LinkReport[];
  readonly findings: readonly FindingReport[];
  /** What was seen of the audio that the two sides agreed on, in order of time. Left out where there is nothing. */
  readonly audio?: readonly MediaReport[];
  /** The same of the video, and of the fax (T.38). */
  readonly video?: readonly MediaReport[];
  readonly fax?: readonly MediaReport[];
  /** Everything that was said, in order of time. Left out unless asked for (`messages: true`): the ladder needs it. */
  readonly messages?: readonly MessageReport[];
  /** What logs say about the call between its messages, in the order of the logs. Left out where there is nothing, and unless messages are asked for. */
  readonly annotations?: readonly AnnotationReport[];
}

/** Typed evidence that two Call-IDs are legs of one call. */
export interface LinkReport {
  readonly kind: string;
  readonly callIds: readonly [string, string];
  /** 0 to 1. */
  readonly score: number;
  readonly evidence: readonly EvidenceReport[];
}

/** Packets from one address and port to another during a call. */
export interface MediaReport {
  readonly source: string;
  readonly destination: string;
  /** By the profile that both sides agreed on. */
  readonly protocol: "RTP" | "SRTP" | "UDPTL";
  readonly packets: number;
  /** Of the first packet. */
  readonly startTime: string;
  /** From the first to the last packet. */
  readonly durationSeconds: number;
}

export type Verdict = "certain" | "likely" | "indeterminate";

export interface FindingReport {
  readonly rule: string;
  /** Absent where the rule has no causes. */
  readonly cause?: string;
  readonly verdict: Verdict;
  /** The response that the finding is about. */
  readonly statusCode?: number;
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
  readonly origin?: OriginReport;
  /** Where no answer has an origin: address and port of the element that did not do its part, by which findings are told apart. */
  readonly element?: string;
  readonly evidence: readonly EvidenceReport[];
  /** What would have to be captured, and where, to know more. Sentences. */
  readonly missing: readonly string[];
  /** Other causes that fit, best first. */
  readonly readings?: readonly ReadingReport[];
  readonly citations: readonly string[];
  readonly values: Readonly<Record<string, string | number>>;
}

export interface ReadingReport {
  readonly cause: string;
  readonly why: string;
  /** What would decide between it and the finding's own cause. */
  readonly decidedBy: string;
}

export interface OriginReport {
  /** `10.9.0.30:5060`, `[fd00:9::30]:5060`. */
  readonly address: string;
  /** True when something behind the address, not in the capture, may have minted it. */
  readonly orBehind: boolean;
  readonly product?: string;
  /** How we know: short sentences, strongest first. */
  readonly basis: readonly string[];
}

export interface EvidenceReport {
  /** Index into `captures`. */
  readonly capture: number;
  readonly frame: number;
  /** ISO 8601 with microseconds, UTC; `""` where there is none: a log may not say when. */
  readonly time: string;
  /** The deciding line, as it was on the wire: untrusted text. */
  readonly quote: string;
}

/** A line of a log that is no message. */
export interface AnnotationReport {
  /** Index into `captures`. */
  readonly capture: number;
  /** Number of the message that it stands behind; 0 before the first. */
  readonly frame: number;
  readonly time: string;
  /** Why it belongs to the call: it names the Call-ID, or what the log calls it, or no other call was under way. */
  readonly by: "call-id" | "identity" | "time";
  /** Untrusted text. */
  readonly text: string;
}

/** One arrow of the ladder. */
export interface MessageReport {
  readonly capture: number;
  readonly frame: number;
  readonly time: string;
  /** True where the input does not say when it was sent: `time` then only keeps the order. */
  readonly untimed?: boolean;
  readonly callId: string;
  readonly source: string;
  readonly destination: string;
  /** Of the element that wrote a log, which may go by several addresses: the same wherever it is the same element. */
  readonly sourceElement?: string;
  readonly destinationElement?: string;
  readonly transport: string;
  /** `INVITE`, `486 Busy Here`: untrusted text. */
  readonly label: string;
  /** The CSeq method, which tells the 200 to an INVITE from the 200 to a BYE. */
  readonly method: string;
  readonly statusCode?: number;
  /** Frame of the first sending, when this one is a retransmission. */
  readonly retransmissionOf?: number;
}
