import { stay } from "#lib/stay/stay.ts";
import { Engine } from "./engine.ts";
import type { Failure } from "./failure.ts";
import type { Answers, CallRow, News, Overview, Question, Source } from "./protocol.ts";

type Phase = "idle" | "reading" | "done" | "failed";

interface Progress {
  readonly bytesRead: number;
  readonly totalBytes: number;
  readonly calls: number;
}

const NOTHING_READ: Progress = { bytesRead: 0, totalBytes: 0, calls: 0 };

/** What the page knows of the captures that are being read, or were. */
export class Analysis {
  phase: Phase = $state("idle");
  overview: Overview | undefined = $state.raw();
  rows: readonly CallRow[] = $state.raw([]);
  /** Calls that are counted but not listed. */
  unlisted: number = $state(0);
  progress: Progress = $state.raw(NOTHING_READ);
  /** How much of the captures was read again for the messages of a call. */
  rereading: { readonly bytesRead: number; readonly totalBytes: number } | undefined = $state.raw();
  failure: Failure = $state.raw({ reason: "" });
  stopped: boolean = $state(false);
  /** Which captures of this tab, as addresses of their calls say it. */
  reading: number = $state(1);
  /** The language that they are told in. */
  tag: string = $state("");
  /** Key logs and files of passwords, for all that is read in this visit. */
  secrets: FileList | undefined = $state();
  #engine: Engine | undefined;
  #prepared: Engine | undefined;
  #wantedTag = "";
  #listed: CallRow[] = [];

  /** Has the engine ready, and kept for a visit without a network. */
  prepare(tag: string): void {
    if (this.#prepared !== undefined || this.#engine !== undefined) return;
    this.#prepared = new Engine((news) => this.#hear(news));
    this.#prepared.prepare(tag);
  }

  read(sources: readonly Source[], tag: string, reading: number): void {
    this.reset();
    stay.isNeeded = true;
    this.tag = tag;
    this.#wantedTag = tag;
    this.reading = reading;
    this.phase = "reading";
    this.progress = { ...NOTHING_READ, totalBytes: sources.reduce((sum, { data }) => sum + data.size, 0) };
    this.#engine = this.#prepared ?? new Engine((news) => this.#hear(news));
    this.#prepared = undefined;
    this.#engine.read(sources, [...(this.secrets ?? [])], tag);
  }

  /** Sentences are the engine's. Until it has the words of this language, and where it cannot have them, they are those of the one before. */
  tellIn(tag: string): void {
    if (tag !== this.#wantedTag) this.#engine?.speak(tag);
    this.#wantedTag = tag;
  }

  /** What was read so far is explained. */
  stop(): void {
    this.stopped = true;
    this.#engine?.stop();
  }

  ask<Kind extends Question["kind"]>(question: Extract<Question, { kind: Kind }>): Promise<Answers[Kind]> {
    if (this.#engine === undefined) throw new Error("nothing is being read");
    return this.#engine.ask(question);
  }

  reset(): void {
    this.#engine?.end();
    this.#engine = undefined;
    stay.isNeeded = false;
    this.phase = "idle";
    this.overview = undefined;
    this.rows = [];
    this.#listed = [];
    this.unlisted = 0;
    this.rereading = undefined;
    this.stopped = false;
  }

  #hear(news: Exclude<News, { kind: "answer" }>): void {
    switch (news.kind) {
      case "progress":
        this.progress = news;
        break;
      case "found":
        this.overview = news.overview;
        this.rows = [...this.#listed];
        break;
      case "rows":
        this.#listed.length = news.from;
        for (const row of news.rows) this.#listed.push(row);
        break;
      case "finished":
        this.overview = news.overview;
        this.rows = [...this.#listed];
        this.unlisted = news.unlisted;
        this.phase = "done";
        break;
      case "spoken":
        this.tag = news.tag;
        this.overview = news.overview ?? this.overview;
        break;
      case "rereading":
        this.rereading = news;
        break;
      case "failed":
        this.failure = news;
        this.phase = "failed";
        break;
    }
  }
}
