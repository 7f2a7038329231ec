import { type Call, callKind, callersAttempt, type Link } from "../../call/call.ts";
import type { Leg } from "../../call/leg.ts";
import type { ClueMatch } from "../../call/openCall.ts";
import type { SipResponse } from "../../message/message.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import type { Packet } from "../../network/packet.ts";
import { isUpstreamSeenAgain } from "../../transaction/transaction.ts";
import { CallLengths } from "../callLengths.ts";
import { ConnectivitySeen } from "../connectivitySeen.ts";
import { Descriptions } from "../descriptions.ts";
import { diagnose, diagnoseCaptures, type Finding } from "../diagnose.ts";
import { Directions } from "../directions.ts";
import { KnownTargets } from "../knownTargets.ts";
import { type JudgedEvent, NetworkEvents } from "../networkEvents.ts";
import { PasswordProver } from "../passwordProof.ts";
import { Pings } from "../pings.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import { Precedents } from "../precedents.ts";
import type { CallRecord } from "../callRecord.ts";
import type { RuleId } from "../rule.ts";
import { type Judgement, recordCall } from "../recordCall.ts";
import { recordFinding } from "../recordFinding.ts";
import type { CallShape } from "../records/callShape.ts";
import { Registrations } from "../registrations.ts";
import { RtpSeen } from "../rtpSeen.ts";
import { legsOf, withinEveryOrder } from "../everyOrder.ts";
import { ToldFailures } from "../toldFailures.ts";
import type { CallJudge, JudgedCall, JudgeSettings, OnJudged, JudgeSummary } from "./callJudge.ts";

/** Addresses remembered as forwarding requests. */
const MAX_FORWARDERS = 10_000;

/** Rules that know why a call that was up has ended. */
const TELL_WHY_CALLS_END: ReadonlySet<string> = new Set<RuleId>([
  "ack-missing",
  "call-dropped",
  "ended-in-between",
  "extra-answer-leaked",
  "media-failed-after-answer",
  "session-timer-expired",
]);

/** Judges calls that are over, each by what is known by then, and learns from them for those that come after. */
export class Judge implements CallJudge {
  readonly #messages: boolean;
  readonly #captures: number;
  readonly #onJudged: OnJudged;
  readonly #events: NetworkEvents = new NetworkEvents();
  readonly #rtp: RtpSeen = new RtpSeen();
  readonly #connectivity: ConnectivitySeen = new ConnectivitySeen();
  readonly #directions: Directions = new Directions();
  readonly #forwarders: Set<string> = new Set();
  readonly #descriptions: Descriptions = new Descriptions();
  readonly #passwords: PasswordProver;
  readonly #registrations: Registrations = new Registrations();
  readonly #precedents: Precedents = new Precedents();
  readonly #targets: KnownTargets = new KnownTargets();
  readonly #pings: Pings = new Pings();
  readonly #lengths: CallLengths = new CallLengths();
  readonly #toldFailures: ToldFailures = new ToldFailures();

  constructor({ messages = false, credentials, digest, captures }: JudgeSettings, onJudged: OnJudged) {
    this.#messages = messages;
    this.#captures = captures;
    this.#passwords = new PasswordProver(credentials, digest);
    this.#onJudged = onJudged;
  }

  addEvent(event: JudgedEvent): void {
    if (event.kind === "rtp-stream") this.#rtp.push(event);
    else if (event.kind === "connectivity-checks" || event.kind === "dtls-handshake") this.#connectivity.push(event);
    else this.#events.push(event);
  }

  addRegistration(response: SipResponse): void {
    this.#registrations.add(response);
  }

  addQuietRequest(packet: Packet, quiet: QuietRequest): void {
    this.#registrations.addQuietRequest(packet, quiet);
  }

  judge(judged: JudgedCall): void {
    this.judgePackets(packetsOf(judged), judged);
  }

  /** The same where the packets are at hand, a list for each leg. */
  judgePackets(packets: readonly (readonly Packet[])[], judged: Omit<JudgedCall, "legs">): void {
    const legs = legsOf(packets);
    for (const leg of legs) this.#directions.add(leg);
    const judgement = this.#judge(judged, legs, packets);
    for (const leg of legs) this.#precedents.learn(leg);
    for (const leg of legs) this.#pings.learn(leg);
    for (const leg of legs) this.#descriptions.learn(leg);
    this.#learnLength(judged, legs, judgement.shape);
    this.#onJudged(judged.order, judgement);
  }

  /** What can be said of a call that may still go on; it will be judged when it does not. */
  look(judged: JudgedCall): CallRecord {
    const packets = packetsOf(judged);
    return this.#judge(judged, legsOf(packets), packets).record();
  }

  #judge(judged: Omit<JudgedCall, "legs">, legs: readonly Leg[], packets: readonly (readonly Packet[])[]): Judgement {
    const { observedUntilMicros, clocks } = judged;
    for (const leg of legs) this.#learn(leg);
    const call = callOf(judged, legs);
    const findings = withinEveryOrder(
      this.#diagnose(judged, call, observedUntilMicros),
      { packets, legs, clocks },
      (arranged) => this.#diagnose(judged, callOf(judged, arranged.legs), arranged.observedUntilMicros),
    );
    this.#toldFailures.learn(findings);
    return recordCall(call, findings, {
      observedUntilMicros,
      rtp: this.#rtp,
      connectivity: this.#connectivity,
      messages: this.#messages,
    });
  }

  #diagnose(judged: Omit<JudgedCall, "legs">, call: Call, observedUntilMicros: number): Finding[] {
    const { limits, otherAttempts, answersMeanwhile, clockMarginMicros } = judged;
    return diagnose(call, {
      observedUntilMicros,
      events: this.#events,
      rtp: this.#rtp,
      connectivity: this.#connectivity,
      forwarders: this.#forwarders,
      descriptions: this.#descriptions,
      passwords: this.#passwords,
      registrations: this.#registrations,
      precedents: this.#precedents,
      pings: this.#pings,
      targets: this.#targets,
      limits,
      otherAttempts,
      answersMeanwhile,
      clockMarginMicros,
      captures: this.#captures,
    });
  }

  finish(): JudgeSummary {
    const incidents = [this.#directions.incident(), this.#rtp.incident(), this.#connectivity.incident()];
    return {
      droppedRegistrations: this.#registrations.dropped,
      incidents: incidents.filter((incident) => incident !== undefined),
      findings: diagnoseCaptures({ lengths: this.#lengths.values() }).map(recordFinding),
      toldFailures: this.#toldFailures.values(),
    };
  }

  #learnLength({ observedUntilMicros }: Omit<JudgedCall, "legs">, legs: readonly Leg[], shape: CallShape): void {
    if (shape.kind !== "call" || shape.outcome.kind !== "answered") return;
    const isExplained = shape.findings.some(({ rule }) => TELL_WHY_CALLS_END.has(rule));
    this.#lengths.learn(legs, observedUntilMicros, isExplained);
  }

  /** The same again changes nothing. */
  #learn(leg: Leg): void {
    this.#targets.learn(leg);
    for (const { server, downstream } of leg.transactions) {
      const forwards = downstream.some((hop) => !isUpstreamSeenAgain(hop));
      if (forwards && this.#forwarders.size < MAX_FORWARDERS) this.#forwarders.add(server.address);
    }
  }
}

function packetsOf({ legs }: JudgedCall): readonly (readonly Packet[])[] {
  return legs.map((leg) => leg.packets());
}

function callOf({ links: matches }: Omit<JudgedCall, "legs">, legs: readonly Leg[]): Call {
  const kind = callKind(legs[0]);
  const links = matches.map(linkOf);
  return { kind, legs, links, attempt: callersAttempt({ kind, legs, links }) };
}

/** Why two legs are one call, with the two messages that show it, read when somebody asks for them. */
export function linkOf({ clue: { kind, score }, callIds, packets: [first, second] }: ClueMatch): Link {
  return {
    kind,
    score,
    callIds,
    get messages(): Link["messages"] {
      return [parseMessage(first)!, parseMessage(second)!];
    },
  };
}
