// What page and worker say to each other. Everything that a reader sees comes as text that is safe to show: the engine and its
// languages are in the worker, and so is what was read.

/** To the worker. */
export type Order =
  | {
      readonly kind: "read";
      readonly tag: string;
      readonly sources: readonly Source[];
      /** Key logs and files of passwords. */
      readonly secrets: readonly File[];
    }
  | { readonly kind: "prepare"; readonly tag: string }
  /** What was read is told in another language from here on. */
  | { readonly kind: "speak"; readonly tag: string }
  | { readonly kind: "stop" }
  | { readonly kind: "ask"; readonly number: number; readonly question: Question };

/** One capture: a file, or pasted text. */
export interface Source {
  readonly name: string;
  readonly data: Blob;
}

export type Question =
  | { readonly kind: "call"; readonly row: number }
  | { readonly kind: "ladder"; readonly width: number }
  | { readonly kind: "message"; readonly message: number }
  | { readonly kind: "differences"; readonly left: number; readonly right: number }
  /** A finding as Markdown: of everything, or of the call that is open, in the order in which they are told. */
  | { readonly kind: "copy"; readonly finding: number; readonly whole: boolean }
  | { readonly kind: "export"; readonly format: ExportFormat; readonly whole: boolean; readonly redact: boolean };

export type ExportFormat = "html" | "json" | "markdown" | "svg" | "pcap";

/** What answers which question. */
export interface Answers {
  readonly call: CallDetail;
  readonly ladder: LadderPicture;
  readonly message: MessageText;
  readonly differences: readonly DifferenceRow[];
  readonly copy: string;
  readonly export: ExportedFile;
}

/** From the worker. */
export type News =
  | { readonly kind: "progress"; readonly bytesRead: number; readonly totalBytes: number; readonly calls: number }
  | { readonly kind: "found"; readonly overview: Overview }
  /** Rows of the list from a place on, in pieces: what comes at once is unpacked at once. Shown with what is found next. */
  | { readonly kind: "rows"; readonly from: number; readonly rows: readonly CallRow[] }
  | { readonly kind: "finished"; readonly overview: Overview; readonly unlisted: number }
  /** The same in another language. */
  | { readonly kind: "spoken"; readonly tag: string; readonly overview: Overview | undefined }
  | { readonly kind: "rereading"; readonly bytesRead: number; readonly totalBytes: number }
  | { readonly kind: "answer"; readonly number: number; readonly answer: Answers[keyof Answers] }
  | {
      readonly kind: "failed";
      readonly number?: number;
      readonly reason: string;
      /** The file that the browser does not hand over any more. */
      readonly file?: string;
      /** A part of the engine did not come. */
      readonly notLoaded?: true;
    };

export interface Overview {
  /** One line for each capture: its name, then facts. */
  readonly captures: readonly {
    readonly name: string;
    readonly facts: readonly string[];
    readonly problem?: CaptureProblem;
  }[];
  readonly outcomes: readonly {
    readonly kind: string;
    readonly mark: string;
    readonly style: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** What the list of calls has: `Calls and other exchanges`. */
  readonly listed: string;
  /** False where a log prints its times without a zone, and while that is not known. */
  readonly timesAreUtc: boolean;
  /** When nothing went wrong, or nothing is there. */
  readonly answer: readonly string[];
  readonly findings: readonly FoundText[];
  /** Findings that are not shown: too many different ones. */
  readonly moreFindings: number;
  readonly aboutCaptures: readonly string[];
  /** Files that were given as keys or passwords and are neither. */
  readonly unreadSecrets: readonly string[];
}

/** Why nothing could be read: the reasons of the command, for what a browser hands over. */
export type CaptureProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "not-a-capture" }
  | { readonly kind: "unread"; readonly reason: string };

/** A finding in words, told once for all its calls. */
export interface FoundText {
  readonly id: string;
  readonly mark: string;
  readonly verdict: string;
  readonly statusCode?: number;
  /** `502 Bad Gateway` */
  readonly code: string;
  readonly style: string;
  readonly title: string;
  readonly rule: string;
  readonly cause?: string;
  readonly citations: readonly string[];
  /** Rows of the call list. */
  readonly calls: readonly FoundCall[];
  readonly callCount: number;
  /** `3 registrations`; empty where it is one. */
  readonly counted: string;
  readonly who: string;
  readonly basis: readonly string[];
  readonly why: readonly string[];
  readonly proof: readonly ProofLine[];
  readonly moreProof: number;
  readonly fix: readonly string[];
  readonly missing: readonly string[];
  readonly readings: readonly string[];
}

export interface FoundCall {
  readonly row: number;
  /** When it began; empty where that is not known. */
  readonly start: string;
  /** Caller and callee; one where they are the same. */
  readonly parties: readonly string[];
}

export interface ProofLine {
  /** As `MessageHead`. */
  readonly frame: string;
  /** `frame 6` in the reader's language. */
  readonly place: string;
  readonly time: string;
  readonly quote: string;
  /** What the quote names in the reference. */
  readonly links: readonly ReferenceLink[];
}

/** Below the language: `q850/38/`. */
export interface ReferenceLink {
  readonly text: string;
  readonly path: string;
}

export interface CallRow {
  readonly id: string;
  /** In small letters, to be found by and not to be shown. */
  readonly callIds: readonly string[];
  readonly kind: string;
  readonly outcome: string;
  readonly statusCode?: number;
  readonly from: string;
  readonly to: string;
  /** ISO 8601, UTC; `""` where it is not known. */
  readonly start: string;
  readonly seconds?: number;
  readonly wrong: boolean;
}

export interface CallDetail {
  readonly row: number;
  /** When it began, as far as the captures say; `""` where they do not. */
  readonly start: string;
  readonly facts: readonly string[];
  readonly findings: readonly FoundText[];
  readonly messages: readonly MessageHead[];
  /** There were more messages than are kept. */
  readonly cut: boolean;
}

export interface MessageHead {
  /** `6`, or `2:6` of several captures. */
  readonly frame: string;
  readonly time: string;
  readonly label: string;
  readonly style: string;
  readonly source: string;
  readonly destination: string;
  readonly transport: string;
  readonly bytes: number;
  readonly marked: boolean;
}

export interface LadderPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly {
    readonly top: number;
    readonly height: number;
    readonly text: string;
    readonly message: number;
  }[];
  /** What logs say, each before a row or behind the last. */
  readonly lines: readonly {
    readonly top: number;
    readonly height: number;
    readonly text: string;
    readonly before: number;
  }[];
}

export interface MessageText {
  readonly lines: readonly MessageLineText[];
  readonly bytes: number;
  readonly shownLines: number;
}

export interface MessageLineText {
  readonly kind: "start" | "field" | "blank" | "body";
  readonly text: string;
  readonly nameLength: number;
  readonly marked: boolean;
  readonly start: number;
  readonly end: number;
}

export interface DifferenceRow {
  readonly kind: string;
  readonly left?: string;
  readonly right?: string;
  readonly same: boolean;
}

export interface ExportedFile {
  readonly name: string;
  readonly data: Blob;
  /** What was replaced, as a sentence; absent where nothing was asked to be. */
  readonly redactions?: string;
}
