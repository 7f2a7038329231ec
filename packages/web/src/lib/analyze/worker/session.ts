import { analyze, type AnalyzeOptions, type CallReport, type Report } from "@sipwhy/core";
import { productsOf, readCallTraffic, type TracedMessage } from "@sipwhy/core/export";
import type { Language } from "@sipwhy/core/language";
import {
  buildLadder,
  drawLadder,
  type FindingGroup,
  findingMarkdown,
  messageDifferences,
  messageLines,
} from "@sipwhy/core/view";
import { nobleDigest } from "../../crypto/nobleDigest.ts";
import { nobleTlsCrypto } from "../../crypto/nobleTlsCrypto.ts";
import type { Answers, News, Overview, Question, Source } from "../protocol.ts";
import { chunksOf } from "./chunks.ts";
import { exportFile } from "./exportFile.ts";
import { loadLanguage } from "./languages.ts";
import { readSecrets, type Secrets } from "./readSecrets.ts";
import { tellCall } from "./tellCall.ts";
import { foundGroups, tellOverview } from "./tellOverview.ts";
import { rowOf } from "./tellRow.ts";
import { unzstd } from "./unzstd.ts";

/** More calls are counted, but not listed one by one: those that went wrong come first. */
const ROWS_LISTED = 200_000;
const ROWS_AT_ONCE = 5000;
const TELL_EVERY_MILLIS = 400;

/** The call that the reader looks at, with its messages. */
export interface OpenCall {
  readonly row: number;
  readonly call: CallReport;
  readonly messages: readonly TracedMessage[];
  readonly cut: boolean;
}

/** Some captures, from the first byte to the last question about them. */
export class Session {
  readonly #sources: readonly Source[];
  readonly #tell: (news: News) => void;
  readonly #totalBytes: number;
  /** Of which the report makes its sentences when they are asked for: the words in it change when another language is spoken. */
  #language: Language | undefined;
  /** Settles when the first words are there, or cannot be had. */
  #first: Promise<unknown> | undefined;
  #wantedTag = "";
  #report: Report | undefined;
  /** In the order in which they are listed. */
  #calls: CallReport[] = [];
  #open: OpenCall | undefined;
  #secrets: Secrets = { keyLog: "", credentials: [], unread: [] };
  #stopped = false;
  #bytesRead = 0;
  #toldMillis = 0;
  #toldRows = 0;

  constructor(sources: readonly Source[], tell: (news: News) => void) {
    this.#sources = sources;
    this.#tell = tell;
    this.#totalBytes = sources.reduce((sum, { data }) => sum + data.size, 0);
  }

  /** What it takes to read what is closed. */
  #opening(): Pick<AnalyzeOptions, "keyLog" | "credentials" | "tlsCrypto" | "digest" | "unzstd"> {
    const { keyLog, credentials } = this.#secrets;
    return { keyLog, credentials, tlsCrypto: nobleTlsCrypto, digest: nobleDigest, unzstd };
  }

  stop(): void {
    this.#stopped = true;
  }

  /** What was found is told in another language, if its words are to be had. */
  async speak(tag: string): Promise<void> {
    this.#wantedTag = tag;
    const words = await loadLanguage(tag).catch(() => undefined);
    await this.#first;
    if (words === undefined || this.#language === undefined || this.#wantedTag !== tag) return;
    Object.assign(this.#language, words);
    this.#tell({ kind: "spoken", tag, overview: this.#overview() });
  }

  async read(tag: string, files: readonly File[]): Promise<void> {
    const words = loadLanguage(tag);
    this.#first = words.catch(() => {});
    this.#language = { ...(await words) };
    const inputs = this.#inputs((bytes) => {
      this.#bytesRead += bytes;
      this.#tellSoFar();
    });
    this.#secrets = await readSecrets(files);
    const report = await analyze(inputs, {
      language: this.#language,
      ...this.#opening(),
      onCall: (call) => void this.#calls.push(call),
    });
    this.#report = report;
    this.#calls = listed(report.calls);
    this.#tellRows(0);
    const unlisted = report.calls.length - this.#calls.length;
    this.#tell({ kind: "finished", overview: this.#told(report, this.#language), unlisted });
  }

  async answer(question: Question): Promise<Answers[keyof Answers]> {
    const language = this.#language;
    const report = this.#report;
    if (language === undefined || report === undefined) throw new Error("nothing was read yet");
    switch (question.kind) {
      case "call":
        this.#open = await this.#openCall(question.row, language);
        return tellCall(this.#open, report, language);
      case "ladder":
        return this.#ladder(question.width, language);
      case "message":
        return this.#message(question.message);
      case "differences":
        return messageDifferences(this.#bytesOf(question.left), this.#bytesOf(question.right));
      case "copy":
        return this.#findingText(question, report, language);
      case "export":
        return exportFile(question, { report, language, open: this.#open });
    }
  }

  #inputs(onBytes: (bytes: number) => void): { name: string; bytes: AsyncGenerator<Uint8Array> }[] {
    return this.#sources.map((source) => ({
      name: source.name,
      bytes: chunksOf(source, onBytes, () => this.#stopped),
    }));
  }

  /** What was found so far, as often as a reader can follow. */
  #tellSoFar(): void {
    const now = performance.now();
    if (now - this.#toldMillis < TELL_EVERY_MILLIS) return;
    this.#tell({
      kind: "progress",
      bytesRead: this.#bytesRead,
      totalBytes: this.#totalBytes,
      calls: this.#calls.length,
    });
    // Grouping takes the longer the more calls there are: it may take a tenth of the time and no more.
    const isDue = this.#calls.length > this.#toldRows * 1.3;
    if (isDue && this.#language !== undefined) {
      this.#tellRows(this.#toldRows);
      this.#tell({ kind: "found", overview: this.#toldSoFar(this.#language) });
      this.#toldRows = this.#calls.length;
    }
    this.#toldMillis = performance.now();
  }

  /** Nothing before something was found. */
  #overview(): Overview | undefined {
    if (this.#language === undefined) return undefined;
    if (this.#report !== undefined) return this.#told(this.#report, this.#language);
    return this.#toldRows > 0 ? this.#toldSoFar(this.#language) : undefined;
  }

  #told(report: Report, language: Language): Overview {
    return tellOverview(report, this.#calls, language, {
      unreadSecrets: this.#secrets.unread,
      emptyFiles: new Set(this.#sources.filter(({ data }) => data.size === 0).map(({ name }) => name)),
    });
  }

  #toldSoFar(language: Language): Overview {
    return tellOverview(soFar(this.#calls, this.#sources), this.#calls, language);
  }

  #tellRows(from: number): void {
    const end = Math.min(this.#calls.length, ROWS_LISTED);
    for (let at = from; at < end; at += ROWS_AT_ONCE) {
      const rows = this.#calls.slice(at, Math.min(at + ROWS_AT_ONCE, end)).map(rowOf);
      this.#tell({ kind: "rows", from: at, rows });
    }
  }

  async #openCall(row: number, language: Language): Promise<OpenCall> {
    if (this.#open?.row === row) return this.#open;
    const call = this.#calls[row];
    let bytesRead = 0;
    let toldMillis = performance.now();
    const inputs = this.#sources.map((source) => ({
      name: source.name,
      bytes: chunksOf(
        source,
        (bytes) => {
          bytesRead += bytes;
          if (performance.now() - toldMillis < TELL_EVERY_MILLIS) return;
          toldMillis = performance.now();
          this.#tell({ kind: "rereading", bytesRead, totalBytes: this.#totalBytes });
        },
        () => false,
      ),
    }));
    const { messages, annotations, cut } = await readCallTraffic(inputs, {
      language,
      callIds: call.callIds,
      calls: this.#report?.calls,
      ...this.#opening(),
    });
    const reports = messages.flatMap(({ report }) => report ?? []);
    const said = annotations.length === 0 ? {} : { annotations };
    return { row, call: { ...call, messages: reports, ...said }, messages, cut };
  }

  #ladder(width: number, language: Language): Answers["ladder"] {
    const { call, messages } = this.#opened();
    const drawing = drawLadder(call, {
      language,
      width,
      captures: this.#report?.captures.length,
      names: productsOf(messages),
    });
    const places = new Map(
      messages.flatMap(({ report }, index) => (report === undefined ? [] : [[report, index] as const])),
    );
    const { arrows } = buildLadder(call);
    return {
      ...drawing,
      rows: drawing.rows.map(({ top, height, text }, index) => ({
        top,
        height,
        text,
        message: places.get(arrows[index].message) ?? 0,
      })),
    };
  }

  #message(index: number): Answers["message"] {
    const { call, messages } = this.#opened();
    const { capture, frame, bytes } = messages[index];
    const quotes = call.findings
      .flatMap(({ evidence }) => evidence)
      .filter((evidence) => evidence.capture === capture && evidence.frame === frame)
      .map(({ quote }) => quote);
    const lines = messageLines(bytes, quotes);
    return { lines, bytes: bytes.length, shownLines: lines.length };
  }

  #findingText({ finding, whole }: Extract<Question, { kind: "copy" }>, report: Report, language: Language): string {
    const group = whole ? foundGroups(report)[finding] : this.#groupOfOpen(finding);
    return findingMarkdown(report, group, { language, ladder: true });
  }

  #groupOfOpen(index: number): FindingGroup {
    const { call } = this.#opened();
    return { finding: call.findings[index], calls: [call], ladderOf: call };
  }

  #bytesOf(message: number): Uint8Array {
    return this.#opened().messages[message].bytes;
  }

  #opened(): OpenCall {
    if (this.#open === undefined) throw new Error("no call is open");
    return this.#open;
  }
}

function listed(calls: readonly CallReport[]): CallReport[] {
  if (calls.length <= ROWS_LISTED) return [...calls];
  const wrong = calls.filter(({ findings }) => findings.length > 0).slice(0, ROWS_LISTED);
  const kept = new Set(wrong);
  const rest = calls.filter((call) => !kept.has(call)).slice(0, ROWS_LISTED - wrong.length);
  const all = new Set([...wrong, ...rest]);
  return calls.filter((call) => all.has(call));
}

/** A report of the calls that have ended; what it says of the captures comes when they were read. */
function soFar(calls: readonly CallReport[], sources: readonly Source[]): Report {
  const captures = sources.map(({ name }) => ({ name, format: "", frames: 0, messages: 0, incidents: [] }));
  const totals = { messages: 1, requests: 0, responses: 0, calls: calls.length, failedCalls: 0, statusCodes: {} };
  return { version: 1, captures, totals, calls, findings: [] };
}
