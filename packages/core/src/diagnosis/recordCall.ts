import type { Call } from "../call/call.ts";
import { outcomeOf } from "../call/outcome.ts";
import type { SipMessage, SipResponse } from "../message/message.ts";
import { fromUri, toUri } from "../message/partyUri.ts";
import type { Endpoint } from "../network/packet.ts";
import type { Finding } from "./diagnose.ts";
import { isoTime } from "./isoTime.ts";
import type { CallRecord } from "./callRecord.ts";
import { mediaReports } from "./mediaFlows.ts";
import type { MediaKind } from "./mediaPaths.ts";
import { findingShape, recordFinding, reportEvidence } from "./recordFinding.ts";
import type { CallShape } from "./records/callShape.ts";
import type { MediaReport, MessageReport } from "./report.ts";
import type { ConnectivitySeen } from "./connectivitySeen.ts";
import type { RtpSeen } from "./rtpSeen.ts";

export interface CallRecordOptions {
  readonly observedUntilMicros: number;
  readonly rtp: RtpSeen;
  readonly connectivity: ConnectivitySeen;
  /** Include every message, for the ladder. */
  readonly messages: boolean;
}

const VERDICT_ORDER = { certain: 0, likely: 1, indeterminate: 2 } as const;

/** What a call came to: at once what tells it apart in an overview, and the record while its messages are there. */
export interface Judgement {
  readonly shape: CallShape;
  record(): CallRecord;
}

/** What is kept of a call when its messages are let go. */
export function recordCall(call: Call, findings: readonly Finding[], options: CallRecordOptions): Judgement {
  const sorted = findings.toSorted((a, b) => VERDICT_ORDER[a.draft.verdict] - VERDICT_ORDER[b.draft.verdict]);
  const shape = {
    kind: call.kind,
    outcome: outcomeOf(call, options.observedUntilMicros),
    findings: sorted.map(findingShape),
  };
  return { shape, record: () => wholeRecord(call, shape, sorted, options) };
}

function wholeRecord(
  call: Call,
  { kind, outcome }: CallShape,
  findings: readonly Finding[],
  options: CallRecordOptions,
): CallRecord {
  const first = call.attempt?.first ?? call.legs[0].messages[0];
  const [startMicros, endMicros] = extent(call);
  const media = (mediaKind: MediaKind): MediaReport[] =>
    options.rtp.hasAudio ? mediaReports(call, mediaKind, options) : [];
  const [audio, video, fax] = [media("audio"), media("video"), media("image")];
  const isUntimed = call.legs.some(({ messages }) => messages.some(({ packet }) => packet.untimed === true));
  return {
    kind,
    callIds: call.legs.map(({ callId }) => callId),
    from: fromUri(first),
    to: toUri(first),
    startTime: isoTime(startMicros),
    durationSeconds: Math.round((endMicros - startMicros) / 1000) / 1000,
    untimed: isUntimed ? true : undefined,
    outcome,
    links: call.links.map((link) => ({
      kind: link.kind,
      callIds: link.callIds,
      score: link.score,
      evidence: link.messages.map(reportEvidence),
    })),
    findings: findings.map(recordFinding),
    ...(audio.length === 0 ? {} : { audio }),
    ...(video.length === 0 ? {} : { video }),
    ...(fax.length === 0 ? {} : { fax }),
    ...(options.messages ? { messages: reportMessages(call) } : {}),
  };
}

function extent(call: Call): [number, number] {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { messages } of call.legs) {
    start = Math.min(start, messages[0].packet.timeMicros);
    end = Math.max(end, messages[messages.length - 1].packet.timeMicros);
  }
  return [start, Math.max(start, end)];
}

function reportMessages(call: Call): MessageReport[] {
  const firstSent = firstSendings(call);
  return call.legs
    .flatMap(({ messages }) => messages)
    .sort((a, b) => a.packet.timeMicros - b.packet.timeMicros || a.packet.frame - b.packet.frame)
    .map((message) => reportMessage(message, firstSent.get(message)));
}

/** Each retransmission with the message that it repeats: same transaction, same kind of message, sent before. */
function firstSendings(call: Call): Map<SipMessage, SipMessage> {
  const found = new Map<SipMessage, SipMessage>();
  for (const { transactions } of call.legs) {
    for (const { requests, responses, acks } of transactions) {
      for (const list of [requests, acks]) for (let i = 1; i < list.length; i++) found.set(list[i], list[0]);
      const seen = new Map<string, SipMessage>();
      for (const response of responses) {
        const key = `${response.statusCode} ${response.toTag}`;
        const before = seen.get(key);
        if (before === undefined) seen.set(key, response);
        else found.set(response, before);
      }
    }
  }
  return found;
}

function reportMessage(message: SipMessage, repeats: SipMessage | undefined): MessageReport {
  const { packet } = message;
  return {
    capture: packet.capture,
    frame: packet.frame,
    time: isoTime(packet.timeMicros),
    ...(packet.untimed === true ? { untimed: true } : {}),
    callId: message.callId,
    source: packet.source.text,
    destination: packet.destination.text,
    ...(isElement(packet.source) ? { sourceElement: packet.source.host } : {}),
    ...(isElement(packet.destination) ? { destinationElement: packet.destination.host } : {}),
    transport: packet.transport,
    label: message.kind === "request" ? message.method : statusOf(message),
    method: message.method,
    ...(message.kind === "response" && message.statusCode >= 0 ? { statusCode: message.statusCode } : {}),
    ...(repeats === undefined ? {} : { retransmissionOf: repeats.packet.frame }),
  };
}

/** More is known of it than its address. */
function isElement({ host, address }: Endpoint): boolean {
  return host !== address;
}

/** `486 Busy Here`, as it was on the wire, which need not be a number. */
function statusOf({ startLine }: SipResponse): string {
  return startLine.slice(startLine.indexOf(" ") + 1);
}
