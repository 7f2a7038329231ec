import type { Space } from "../bytes/space.ts";
import { CallTracker, type EndedCall } from "../call/callTracker.ts";
import { frameName } from "../call/frameName.ts";
import { CaptureReader } from "../capture/captureReader.ts";
import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import type { LogLine } from "../capture/logLine.ts";
import { interfaceText } from "../language/interfaceText.ts";
import { peekMessage } from "../message/peekMessage.ts";
import { NetworkDecoder } from "../network/networkDecoder.ts";
import type { NetworkEvent, Packet } from "../network/packet.ts";
import type { TlsCrypto } from "../network/tls/tlsCrypto.ts";
import { AlignedMerger } from "./alignedMerger.ts";
import { AnswersMeanwhile } from "./answersMeanwhile.ts";
import { Attempts } from "./attempts.ts";
import { CallLoad } from "./callLoad.ts";
import { CaptureClocks } from "./captureClocks.ts";
import { CaptureTally } from "./captureTally.ts";
import { isJudged } from "./networkEvents.ts";
import { type ConnectionFailure, ConnectionFailures } from "./connectionFailures.ts";
import { diagnoseCaptures } from "./diagnose.ts";
import type { CallJudge, JudgedCall, JudgeOptions, JudgeSummary } from "./judge/callJudge.ts";
import { Judge } from "./judge/judge.ts";
import type { JudgePort } from "./judge/judgePort.ts";
import { JudgeThread } from "./judge/judgeThread.ts";
import { LogLines } from "./logLines.ts";
import { PhoneFlows } from "./phoneFlows.ts";
import { recordFinding } from "./recordFinding.ts";
import type { SeenIncident } from "./rule.ts";
import { JudgedCalls, type JudgedCallsOptions } from "./records/judgedCalls.ts";
import type { CallReport, FindingReport, Report, Totals } from "./report.ts";
import { tellCall } from "./tellCall.ts";
import { tellFinding } from "./tellFinding.ts";
import { notToldWithCalls } from "./toldFailures.ts";
import { TriedUsers } from "./triedUsers.ts";

export interface AnalysisOptions extends JudgeOptions, JudgedCallsOptions {
  /** What to call each capture, in the order of their indices; their number is fixed from the start. */
  readonly names: readonly string[];
  /** Header fields in which a B2BUA carries the Call-ID of its other leg. */
  readonly callIdFields?: readonly string[];
  /** A thread of the platform that judges while this one reads; without it, one thread does both. The report is the same. */
  readonly judgePort?: JudgePort;
  /** Where packets of calls that last are put aside. It is written to while captures are read; without it not as many calls are open at a time. */
  readonly packetSpace?: Space;
  /** Lines of a TLS key log (`SSLKEYLOGFILE`), besides those that a capture holds; `tlsCrypto` must be given too. They get into no report. */
  readonly keyLog?: string;
  /** The platform's primitives with which TLS records are opened. Without them none is. */
  readonly tlsCrypto?: TlsCrypto;
  /**
   * Called from `lookAtEnded` with a call that is over as far as can be seen, while stragglers are still waited for; `onCall` tells it again
   * when that is over. What only time can show, an ACK that never comes, is in the second report alone. Not with a `judgePort`.
   */
  onEnded?(call: CallReport): void;
  /** Called with the first of each kind of connection that was not set up, when that is seen; all of them are in the report, counted. */
  onConnection?(finding: FindingReport): void;
  /** Called from `lookAtEnded` with who tried many users in vain, once for each; all of them are in the report too. */
  onClient?(finding: FindingReport): void;
}

/**
 * Explains captures, chunk by chunk. Several captures are merged by time: after each `push` or `end`, `wants()` says which one to
 * read next. What is kept is bounded by the calls that are open and by the findings.
 */
export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #readers: CaptureReader[];
  readonly #merger: AlignedMerger | undefined;
  readonly #decoder: NetworkDecoder;
  readonly #tracker: CallTracker;
  readonly #tallies: CaptureTally[];
  readonly #clocks: CaptureClocks;
  readonly #failures: ConnectionFailures = new ConnectionFailures();
  readonly #tried = new TriedUsers();
  readonly #judge: CallJudge;
  readonly #flows: PhoneFlows;
  readonly #load: CallLoad = new CallLoad();
  readonly #attempts = new Attempts();
  readonly #answers = new AnswersMeanwhile();
  readonly #incidents: Incident[] = [];
  readonly #lines: LogLines | undefined;
  readonly #calls: JudgedCalls;
  readonly #ended: boolean[];
  #wanted: number | undefined = 0;
  #isComplete = false;

  constructor(options: AnalysisOptions) {
    this.#options = options;
    const calls = new JudgedCalls(options);
    this.#calls = calls;
    const { judgePort, names } = options;
    const settings = { ...options, captures: names.length };
    this.#judge =
      judgePort === undefined
        ? new Judge(settings, (order, judgement) => calls.add(order, judgement))
        : new JudgeThread(judgePort, settings, (records) => calls.addEncoded(records));
    this.#flows = new PhoneFlows({
      onRegistered: (response) => this.#judge.addRegistration(response),
      onQuietRequest: (packet, quiet) => this.#judge.addQuietRequest(packet, quiet),
    });
    this.#tallies = options.names.map((name) => new CaptureTally(name));
    this.#ended = options.names.map(() => false);
    const onIncident = (incident: Incident): void => void this.#incidents.push(incident);
    this.#tracker = new CallTracker({
      onCall: (call) => this.#end(call),
      onDuplicate: ({ capture, frame, captureAgent }, first) => {
        // One message seen by two capture agents is what HEP is for, and one in two captures what there are two for: no fault of theirs.
        if (captureAgent === undefined && first === capture) this.#tallies[capture].addDuplicate(frame);
      },
      onLeg: (packet, peek) => this.#attempts.push(packet, peek),
      onUnanswered: (request) => this.#answers.waits(request),
      onLater: (callId, request) => this.#attempts.noteDialled(callId, request),
      onIncident,
      packetSpace: options.packetSpace,
      callIdFields: options.callIdFields,
      looksAtEnded: options.onEnded !== undefined,
    });
    this.#decoder = new NetworkDecoder({
      onPacket: (packet) => this.#read(packet),
      onEvent: (event) => this.pushEvent(event),
      onCounts: (capture, counts) => {
        this.#tallies[capture].counts = counts;
      },
      onKeepAlive: (source, timeMicros) => this.#flows.heard(source, timeMicros),
      onIncident,
      tlsCrypto: options.tlsCrypto,
    });
    if (options.keyLog !== undefined) this.#decoder.addKeyLog(options.keyLog);
    const onFrame = (frame: Frame): void => this.#decoder.push(frame);
    this.#merger = names.length > 1 ? new AlignedMerger({ names, onFrame, onIncident }) : undefined;
    this.#clocks = new CaptureClocks(names.length, this.#merger);
    this.#lines =
      options.messages === true ? new LogLines((capture) => this.#merger?.offsetOf(capture) ?? 0) : undefined;
    const onLine = this.#lines && ((line: LogLine): void => this.#lines?.push(line));
    this.#readers = options.names.map(
      (_name, capture) =>
        new CaptureReader({
          capture,
          onFrame: (frame) => {
            this.#tallies[capture].addFrame(frame);
            this.#clocks.push(frame);
            this.#lines?.pushFrame(frame);
            if (this.#merger === undefined) this.#decoder.push(frame);
            else this.#merger.push(frame);
          },
          onLine,
          onKeyLog: (log) => this.#decoder.addKeyLog(log, "capture"),
          onIncident,
        }),
    );
  }

  /** The capture to read next, or undefined when all have ended. */
  wants(): number | undefined {
    return this.#wanted;
  }

  /**
   * Reads more of one capture.
   *
   * @returns true where nothing of the chunk is kept; otherwise it must not be written to afterwards
   */
  push(capture: number, chunk: Uint8Array): boolean {
    this.#readers[capture].push(plain(chunk));
    this.#clocks.readOn();
    this.#wanted = this.#merger === undefined ? 0 : this.#merger.drain();
    if (!(this.#judge instanceof JudgeThread)) return false;
    // Open calls and the other thread have copies; what waits for other captures, for fragments or for segments is the chunk itself.
    const mayHaveKept = this.#decoder.mayHaveKept();
    return this.#merger === undefined && this.#readers[capture].keepsNothing && !mayHaveKept;
  }

  /** Lines of a TLS key log that is being written, the first time before any packets: connections wait for keys that may still come. */
  addKeyLog(log: string): void {
    this.#decoder.addKeyLog(log, "log");
  }

  /** One packet, in order of time, that was read by other means than `push`. */
  pushPacket(packet: Packet): void {
    this.#read(packet);
  }

  /** What happened below SIP, in order of time, and was read by other means than `push`. */
  pushEvent(event: NetworkEvent): void {
    const failure = this.#failures.push(event);
    if (failure !== undefined) this.#tellConnection(failure);
    if (isJudged(event)) this.#judge.addEvent(event);
  }

  /** Something about an input that whoever reads it has found out. */
  tell(incident: Incident): void {
    this.#incidents.push(incident);
  }

  /** The capture runs at least this far, microseconds since the epoch, whether or not it holds any more SIP. Guard G1. */
  observe(untilMicros: number): void {
    this.#tracker.advance(untilMicros);
  }

  /** Time of the latest frame, microseconds since the epoch; `-Infinity` before the first. */
  get readUntilMicros(): number {
    return Math.max(...this.#tallies.map(({ lastMicros }) => lastMicros));
  }

  /** Counted so far. */
  get totals(): Totals {
    return this.#calls.totals.report(this.#tallies);
  }

  /** Tells `onEnded` of the calls that have been quiet for this long since they ended, and `onClient` of what many calls have shown. */
  lookAtEnded(quietMicros: number): void {
    this.#tellClients();
    if (!(this.#judge instanceof Judge)) return;
    this.#decoder.tellStreams(this.#tracker.nowMicros);
    for (const ended of this.#tracker.ended(quietMicros)) {
      const record = this.#judge.look(this.#judged(ended));
      this.#options.onEnded?.(tellCall(record, String(ended.order + 1), this.#options.language));
    }
  }

  /** This capture is at its end. */
  end(capture: number): void {
    if (this.#ended[capture]) return;
    this.#ended[capture] = true;
    this.#readers[capture].flush();
    this.#merger?.end(capture);
    this.#wanted = this.#merger?.drain();
  }

  /** Wait for this before you push more, where another thread judges and is behind. */
  ready(): Promise<void> | undefined {
    return this.#judge instanceof JudgeThread && this.#judge.isBehind() ? this.#judge.caughtUp() : undefined;
  }

  /** Ends what is still open and gives the report. */
  finish(): Report {
    if (this.#readsAll()) this.#tracker.flush();
    const summary = this.#judge.finish();
    if (summary instanceof Promise) throw new TypeError("another thread judges: call finishLater");
    return this.#report(summary);
  }

  /** The same where another thread judges. */
  async finishLater(): Promise<Report> {
    if (this.#readsAll()) {
      for (const _ of this.#tracker.closeAll()) {
        const ready = this.ready();
        if (ready !== undefined) await ready;
      }
    }
    return this.#report(await this.#judge.finish());
  }

  /** Ends what is being read. False where that was done before. */
  #readsAll(): boolean {
    if (this.#isComplete) return false;
    this.#isComplete = true;
    for (let i = 0; i < this.#ended.length; i++) this.end(i);
    this.#clocks.readOn();
    this.#decoder.flush();
    for (const [capture, { lastMicros }] of this.#tallies.entries()) {
      this.observe(lastMicros - (this.#merger?.offsetOf(capture) ?? 0));
    }
    return true;
  }

  #report(summary: JudgeSummary): Report {
    this.#addCaptureIncidents(summary);
    const told = this.#calls.finish(this.#lines?.isEmpty === false);
    const calls = this.#lines?.attach(told) ?? told;
    this.#addIncident(this.#lines?.incident());
    const { language } = this.#options;
    const describe = ({ kind, count, values }: Incident): string => {
      const key = values?.reason === undefined ? `incident.${kind}` : `incident.${kind}.${values.reason}`;
      return interfaceText(language, key, { ...values, count });
    };
    return {
      version: 1,
      captures: this.#tallies.map((tally, capture) =>
        tally.report(
          this.#readers[capture],
          this.#incidents.filter((incident) => incident.capture === capture),
          describe,
        ),
      ),
      totals: this.totals,
      calls,
      findings: [
        ...diagnoseCaptures({
          capture: this.#incidents.map((incident) => this.#seen(incident)),
          connection: notToldWithCalls(this.#failures.values(), summary.toldFailures),
          client: this.#tried.values(this.#tracker.nowMicros),
        }).map(recordFinding),
        ...summary.findings,
      ].map((record) => tellFinding(record, language)),
    };
  }

  #read(packet: Packet): void {
    this.#failures.heard(packet);
    const peek = peekMessage(packet);
    if (peek === undefined) return;
    this.#tallies[packet.capture].addMessage(peek);
    this.#flows.push(packet, peek);
    this.#load.push(packet, peek);
    this.#tried.push(packet, peek);
    this.#tracker.push(packet, peek);
    if (peek.kind === "response") this.#answers.heard(packet, peek.callId);
  }

  #end(ended: EndedCall): void {
    this.#judge.judge(this.#judged(ended));
    for (const callId of ended.callIds) {
      this.#load.forget(callId);
      this.#attempts.forget(callId);
      this.#answers.forget(callId);
    }
  }

  /** Written out: spreading is slow. */
  #judged(ended: EndedCall): JudgedCall {
    const { order, callIds, legs, links } = ended;
    const { observedUntilMicros, clockMarginMicros, clocks } = this.#clocks.of(ended);
    return {
      order,
      legs,
      links,
      observedUntilMicros,
      clockMarginMicros,
      clocks,
      limits: callIds.flatMap((callId) => this.#load.limitsMetBy(callId)),
      otherAttempts: callIds.flatMap((callId) => this.#attempts.othersOf(callId)),
      answersMeanwhile: callIds.flatMap((callId) => this.#answers.of(callId)),
    };
  }

  #seen(incident: Incident): SeenIncident {
    const { capture, frame } = incident;
    return { incident, frame: frame === undefined ? 0 : frameName({ capture, frame }, this.#tallies.length) };
  }

  #tellClients(): void {
    const { onClient, language } = this.#options;
    if (onClient === undefined) return;
    const client = this.#tried.takeNew(this.#tracker.nowMicros);
    for (const finding of diagnoseCaptures({ client })) onClient(tellFinding(recordFinding(finding), language));
  }

  #tellConnection(failure: ConnectionFailure): void {
    const { onConnection, language } = this.#options;
    if (onConnection === undefined) return;
    for (const finding of diagnoseCaptures({ connection: [failure] }))
      onConnection(tellFinding(recordFinding(finding), language));
  }

  #addIncident(incident: Incident | undefined): void {
    if (incident !== undefined) this.#incidents.push(incident);
  }

  #takeIncident(capture: number, kind: Incident["kind"]): Incident | undefined {
    const index = this.#incidents.findIndex((incident) => incident.capture === capture && incident.kind === kind);
    return index < 0 ? undefined : this.#incidents.splice(index, 1)[0];
  }

  #addCaptureIncidents({ droppedRegistrations, incidents }: JudgeSummary): void {
    for (const [capture, tally] of this.#tallies.entries()) {
      this.#addIncident(tally.duplicateIncident(capture, this.#takeIncident(capture, "packets-duplicated")));
    }
    const count = droppedRegistrations + this.#flows.dropped;
    const values = { limit: "registrations" };
    if (count > 0) this.#incidents.push({ kind: "limit-reached", capture: 0, count, values });
    this.#incidents.push(...incidents);
  }
}

/** The same bytes without what a platform adds to its arrays: views into Node's Buffer are slow to make. */
function plain(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
