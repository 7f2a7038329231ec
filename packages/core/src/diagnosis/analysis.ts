import { type Call, type Link, callKind, decidingAttempt } from "../call/call.ts";
import { CallTracker, type EndedCall } from "../call/callTracker.ts";
import type { ClueMatch } from "../call/openCall.ts";
import { buildLeg, type Leg } from "../call/leg.ts";
import { CaptureReader } from "../capture/captureReader.ts";
import type { Incident } from "../capture/incident.ts";
import { FrameMerger } from "../capture/mergeFrames.ts";
import { interfaceText } from "../language/interfaceText.ts";
import type { Language } from "../language/language.ts";
import type { SipMessage } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { peekMessage } from "../message/peekMessage.ts";
import { NetworkDecoder } from "../network/networkDecoder.ts";
import type { NetworkEvent, Packet } from "../network/packet.ts";
import { CallLoad } from "./callLoad.ts";
import { CaptureTally } from "./captureTally.ts";
import { Descriptions } from "./descriptions.ts";
import { ConnectionFailures } from "./connectionFailures.ts";
import { diagnose, diagnoseCaptures } from "./diagnose.ts";
import { Directions } from "./directions.ts";
import { KnownTargets } from "./knownTargets.ts";
import { NetworkEvents } from "./networkEvents.ts";
import { type DigestFunction, type Password, PasswordProver } from "./passwordProof.ts";
import { Precedents } from "./precedents.ts";
import { Registrations } from "./registrations.ts";
import type { CallReport, Report } from "./report.ts";
import { reportCall } from "./reportCall.ts";
import { reportFinding } from "./reportFinding.ts";

export interface AnalysisOptions {
  /** The language of the report. */
  readonly language: Language;
  /** What to call each capture, in the order of their indices; their number is fixed from the start. */
  readonly names: readonly string[];
  /** Include every message of every call, which a ladder needs. */
  readonly messages?: boolean;
  /** Header fields in which a B2BUA carries the Call-ID of its other leg. */
  readonly callIdFields?: readonly string[];
  /** Passwords with which digests are proven right or wrong; `digest` must be given too. They get into no report. */
  readonly credentials?: readonly Password[];
  /** The platform's hashes, such as those of `node:crypto`. Without them nothing is proven. */
  readonly digest?: DigestFunction;
  /** Called as each call ends, before it is forgotten; its `id` may still change until `finish`. */
  onCall?(call: CallReport): void;
}

/** Addresses remembered as forwarding requests. */
const MAX_FORWARDERS = 10_000;

/**
 * Explains captures, chunk by chunk. Several captures are merged by time: after each `push` or `end`, `wants()` says which one to
 * read next. What is kept is bounded by the calls that are open and by the findings.
 */
export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #readers: CaptureReader[];
  readonly #merger: FrameMerger | undefined;
  readonly #decoder: NetworkDecoder;
  readonly #tracker: CallTracker;
  readonly #tallies: CaptureTally[];
  readonly #events: NetworkEvents = new NetworkEvents();
  readonly #failures: ConnectionFailures = new ConnectionFailures();
  readonly #directions: Directions = new Directions();
  readonly #forwarders: Set<string> = new Set();
  readonly #descriptions: Descriptions = new Descriptions();
  readonly #passwords: PasswordProver;
  readonly #registrations: Registrations = new Registrations();
  readonly #precedents: Precedents = new Precedents();
  readonly #targets: KnownTargets = new KnownTargets();
  readonly #load: CallLoad = new CallLoad();
  readonly #incidents: Incident[] = [];
  readonly #calls: { order: number; report: CallReport }[] = [];
  readonly #ended: boolean[];
  #wanted: number | undefined = 0;

  constructor(options: AnalysisOptions) {
    this.#options = options;
    this.#passwords = new PasswordProver(options.credentials, options.digest);
    this.#tallies = options.names.map((name) => new CaptureTally(name));
    this.#ended = options.names.map(() => false);
    const onIncident = (incident: Incident): void => void this.#incidents.push(incident);
    this.#tracker = new CallTracker({
      onCall: (call) => this.#judge(call),
      onDuplicate: ({ capture, frame, captureAgent }) => {
        // One message seen by two capture agents is what HEP is for, no fault of the capture.
        if (captureAgent === undefined) this.#tallies[capture].addDuplicate(frame);
      },
      onIncident,
      callIdFields: options.callIdFields,
    });
    this.#decoder = new NetworkDecoder({
      onPacket: (packet) => this.#read(packet),
      onEvent: (event) => this.pushEvent(event),
      onCounts: (capture, counts) => {
        this.#tallies[capture].counts = counts;
      },
      onKeepAlive: (source, timeMicros) => this.#registrations.heard(source, timeMicros),
      onIncident,
    });
    const several = options.names.length > 1;
    this.#merger = several ? new FrameMerger(options.names.length, (frame) => this.#decoder.push(frame)) : undefined;
    this.#readers = options.names.map(
      (_name, capture) =>
        new CaptureReader({
          capture,
          onFrame: (frame) => {
            this.#tallies[capture].addFrame(frame);
            if (this.#merger === undefined) this.#decoder.push(frame);
            else this.#merger.push(frame);
          },
          onIncident,
        }),
    );
  }

  /** The capture to read next, or undefined when all have ended. */
  wants(): number | undefined {
    return this.#wanted;
  }

  /** Reads more of one capture. The chunk must not be written to afterwards. */
  push(capture: number, chunk: Uint8Array): void {
    this.#readers[capture].push(plain(chunk));
    this.#wanted = this.#merger === undefined ? 0 : this.#merger.drain();
  }

  /** One packet, in order of time, that was read by other means than `push`. */
  pushPacket(packet: Packet): void {
    this.#read(packet);
  }

  /** What happened below SIP, in order of time, and was read by other means than `push`. */
  pushEvent(event: NetworkEvent): void {
    if ("alert" in event) this.#failures.push(event);
    else this.#events.push(event);
  }

  /** Something about an input that whoever reads it has found out. */
  tell(incident: Incident): void {
    this.#incidents.push(incident);
  }

  /** The capture runs at least this far, microseconds since the epoch, whether or not it holds any more SIP. Guard G1. */
  observe(untilMicros: number): void {
    this.#tracker.advance(untilMicros);
  }

  /** This capture is at its end. */
  end(capture: number): void {
    if (this.#ended[capture]) return;
    this.#ended[capture] = true;
    this.#readers[capture].flush();
    this.#merger?.end(capture);
    this.#wanted = this.#merger?.drain();
  }

  /** Ends what is still open and gives the report. */
  finish(): Report {
    for (let i = 0; i < this.#ended.length; i++) this.end(i);
    this.#decoder.flush();
    for (const { lastMicros } of this.#tallies) this.observe(lastMicros);
    this.#tracker.flush();
    this.#addCaptureIncidents();
    const calls = this.#calls
      .sort((a, b) => a.order - b.order)
      .map(({ report }, index) => ({ ...report, id: String(index + 1) }));
    const { language } = this.#options;
    const describe = (incident: Incident): string =>
      interfaceText(language, `incident.${incident.kind}`, { ...incident.values, count: incident.count });
    return {
      version: 1,
      captures: this.#tallies.map((tally, capture) =>
        tally.report(
          this.#readers[capture],
          this.#incidents.filter((incident) => incident.capture === capture),
          describe,
        ),
      ),
      totals: totalsOf(this.#tallies, calls),
      calls,
      findings: diagnoseCaptures(this.#incidents, this.#failures.values()).map((finding) =>
        reportFinding(finding, language),
      ),
    };
  }

  #read(packet: Packet): void {
    const peek = peekMessage(packet);
    if (peek === undefined) return;
    this.#tallies[packet.capture].addMessage(peek);
    this.#registrations.push(packet, peek);
    this.#load.push(packet, peek);
    this.#tracker.push(packet, peek);
  }

  #judge(ended: EndedCall): void {
    const legs = ended.legs.map((packets) => buildLeg(parsed(packets)));
    for (const leg of legs) this.#learn(leg);
    const kind = callKind(legs[0]);
    const call: Call = { kind, legs, links: ended.links.map(linkOf), attempt: decidingAttempt(legs[0], kind) };
    const { observedUntilMicros } = ended;
    const findings = diagnose(call, {
      observedUntilMicros,
      events: this.#events,
      forwarders: this.#forwarders,
      descriptions: this.#descriptions,
      passwords: this.#passwords,
      registrations: this.#registrations,
      precedents: this.#precedents,
      targets: this.#targets,
      load: this.#load,
    });
    for (const leg of legs) this.#precedents.learn(leg);
    for (const leg of legs) this.#descriptions.learn(leg);
    const { language, messages = false, onCall } = this.#options;
    const report = reportCall(call, findings, { id: String(ended.order + 1), language, observedUntilMicros, messages });
    this.#calls.push({ order: ended.order, report });
    onCall?.(report);
  }

  #learn(leg: Leg): void {
    this.#directions.add(leg);
    this.#targets.learn(leg);
    for (const { server, downstream } of leg.transactions) {
      if (downstream.length > 0 && this.#forwarders.size < MAX_FORWARDERS) this.#forwarders.add(server.address);
    }
  }

  #addCaptureIncidents(): void {
    for (const [capture, tally] of this.#tallies.entries()) {
      const duplicates = tally.duplicateIncident(capture);
      if (duplicates !== undefined) this.#incidents.push(duplicates);
    }
    const forgotten = this.#registrations.incident();
    if (forgotten !== undefined) this.#incidents.push(forgotten);
    const oneDirection = this.#directions.incident();
    if (oneDirection !== undefined) this.#incidents.push(oneDirection);
  }
}

/** The same bytes without what a platform adds to its arrays: views into Node's Buffer are slow to make. */
function plain(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function parsed(packets: readonly Packet[]): SipMessage[] {
  return packets.map((packet) => parseMessage(packet)!);
}

function linkOf({ clue: { kind, score }, callIds, packets: [first, second] }: ClueMatch): Link {
  return { kind, score, callIds, messages: [parseMessage(first)!, parseMessage(second)!] };
}

function totalsOf(tallies: readonly CaptureTally[], calls: readonly CallReport[]): Report["totals"] {
  const statusCodes: Record<string, number> = {};
  let requests = 0;
  let responses = 0;
  for (const tally of tallies) {
    requests += tally.requests;
    responses += tally.responses;
    for (const [code, count] of tally.statusCodes) statusCodes[code] = (statusCodes[code] ?? 0) + count;
  }
  const own = calls.filter(({ kind }) => kind === "call");
  const failedCalls = own.filter(({ outcome }) => outcome.kind === "failed" || outcome.kind === "unanswered").length;
  return { messages: requests + responses, requests, responses, calls: own.length, failedCalls, statusCodes };
}
