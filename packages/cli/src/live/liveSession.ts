import { Analysis, type CallReport, type FindingReport, type Password, type Report } from "@sipwhy/core";
import type { Language } from "@sipwhy/core/language";
import { findingKey } from "@sipwhy/core/view";
import { nodeDigest } from "../nodeDigest.ts";
import { nodeTlsCrypto } from "../nodeTlsCrypto.ts";
import { HeldChunks } from "./heldChunks.ts";

export interface LiveSessionOptions {
  readonly language: Language;
  /** What the input is called in the report. */
  readonly name: string;
  readonly messages: boolean;
  readonly credentials: readonly Password[];
  /**
   * True where what is captured arrives at once: silence is then time that passes without packets. A pipe from elsewhere may hold back
   * what was captured long ago, and nothing may be said to have never come.
   */
  readonly isPrompt: boolean;
  /** Lines of a TLS key log. */
  readonly keyLog?: string;
  /** Gives the lines of it that were written since the last time. */
  readKeyLog?(): string;
  onCall(call: CallReport, told: LiveCall): void;
  /** A connection was not set up, and none like it was told before. */
  onConnection(finding: FindingReport): void;
  /** Somebody tried many users in vain. */
  onClient(finding: FindingReport): void;
  now?(): number;
}

/** What is new about a call that has ended. */
export interface LiveCall {
  /** Findings that were not told before. */
  readonly news: readonly FindingReport[];
  /** Nothing more comes of this call. */
  readonly isFinal: boolean;
  /** Everything about it was told before. */
  readonly isKnown: boolean;
}

/** What was told of a call that stragglers are waited for. */
interface Told {
  readonly outcome: string;
  readonly findings: ReadonlySet<string>;
}

/** After this long nobody who would go on with a call has done so: a challenged caller, a proxy with another branch to try. */
const QUIET_MICROS = 2_000_000;
/** What was captured is here by then. */
const PROMPT_MILLIS = 2000;
/** A side of a TLS connection writes its keys down while it already uses them: packets wait for them this long. */
const KEYS_MILLIS = 2000;

/** Explains what is being captured. A call is told as soon as it ends, and again where waiting has shown more; then it is forgotten. */
export class LiveSession {
  readonly #options: LiveSessionOptions;
  readonly #analysis: Analysis;
  readonly #now: () => number;
  readonly #held: HeldChunks = new HeldChunks((chunk) => this.#read(chunk));
  readonly #told: Map<string, Told> = new Map();
  #latestMillis: number;

  constructor(options: LiveSessionOptions) {
    const { language, name, messages, credentials, keyLog } = options;
    this.#options = options;
    this.#now = options.now ?? ((): number => performance.now());
    this.#latestMillis = this.#now();
    this.#analysis = new Analysis({
      language,
      names: [name],
      messages,
      credentials,
      keyLog,
      digest: nodeDigest,
      tlsCrypto: nodeTlsCrypto,
      keepCalls: false,
      onEnded: (call) => this.#tellEnded(call),
      onCall: (call) => this.#tellFinal(call),
      onConnection: (finding) => this.#options.onConnection(finding),
      onClient: (finding) => this.#options.onClient(finding),
    });
  }

  get totals(): Report["totals"] {
    return this.#analysis.totals;
  }

  /** The chunk must not be written to afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#options.readKeyLog === undefined) this.#read(chunk);
    else this.#held.push(chunk, this.#now());
  }

  /** Time has passed; to be called about once a second. */
  tick(): void {
    this.#readKeys();
    this.#held.release(this.#now() - KEYS_MILLIS);
    const silentMillis = this.#now() - this.#latestMillis;
    const readUntilMicros = this.#analysis.readUntilMicros;
    if (!Number.isFinite(readUntilMicros)) return;
    const { isPrompt } = this.#options;
    const passedMillis = isPrompt ? Math.max(0, silentMillis - PROMPT_MILLIS) : 0;
    this.#analysis.observe(readUntilMicros + Math.floor(passedMillis * 1000));
    this.#analysis.lookAtEnded(!isPrompt && silentMillis > QUIET_MICROS / 1000 ? 0 : QUIET_MICROS);
  }

  /** Nothing more comes: ends the calls that are open and gives the report, which has no calls. */
  finish(): Report {
    this.#held.release(Number.POSITIVE_INFINITY);
    this.#readKeys();
    return this.#analysis.finish();
  }

  #read(chunk: Uint8Array): void {
    this.#latestMillis = this.#now();
    this.#readKeys();
    this.#analysis.push(0, chunk);
  }

  #readKeys(): void {
    const { readKeyLog } = this.#options;
    if (readKeyLog !== undefined) this.#analysis.addKeyLog(readKeyLog());
  }

  /** Only what no later message can overturn is told this early. */
  #tellEnded(call: CallReport): void {
    const certain = call.findings.filter(({ verdict }) => verdict === "certain");
    const before = this.#toldOf(call);
    const news = certain.filter((finding) => before?.findings.has(findingKey(finding)) !== true);
    const outcome = outcomeKey(call);
    if (before?.outcome === outcome && news.length === 0) return;
    const told = { outcome, findings: new Set([...(before?.findings ?? []), ...certain.map(findingKey)]) };
    for (const callId of call.callIds) this.#told.set(callId, told);
    this.#options.onCall(call, { news, isFinal: false, isKnown: false });
  }

  #tellFinal(call: CallReport): void {
    const before = this.#toldOf(call);
    for (const callId of call.callIds) this.#told.delete(callId);
    const news = call.findings.filter((finding) => before?.findings.has(findingKey(finding)) !== true);
    const isKnown = before?.outcome === outcomeKey(call) && news.length === 0;
    this.#options.onCall(call, { news, isFinal: true, isKnown });
  }

  #toldOf({ callIds }: CallReport): Told | undefined {
    return callIds.map((callId) => this.#told.get(callId)).find((told) => told !== undefined);
  }
}

function outcomeKey({ outcome: { kind, statusCode } }: CallReport): string {
  return `${kind} ${statusCode ?? ""}`;
}
