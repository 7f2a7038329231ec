import type { CallReport, FindingReport } from "@sipwhy/core";
import type { Language, MessageValues } from "@sipwhy/core/language";
import {
  findingKey,
  liveCall,
  liveConnection,
  liveFinding,
  liveRepeat,
  liveSummary,
  type ViewOptions,
  wentWrong,
  wrap,
} from "@sipwhy/core/view";
import { helpText } from "../helpText.ts";
import type { Drops } from "./drops.ts";
import type { LiveEnd, LivePrinter, LiveStart } from "./livePrinter.ts";
import type { LiveCall } from "./liveSession.ts";

export interface TextPrinterOptions {
  readonly view: ViewOptions;
  /** Calls and the summary. */
  print(text: string): void;
  /** What is said about the run itself. */
  note(text: string): void;
}

/** Different findings that are remembered to have been told in full. */
const MAX_TOLD = 1000;

/** For people: a line a call; each finding in full the first time, in short after that. */
export class TextPrinter implements LivePrinter {
  readonly #options: TextPrinterOptions;
  readonly #language: Language;
  /** The call that each finding was told for first. */
  readonly #told: Map<string, string> = new Map();
  #isAfterGap = false;

  constructor(options: TextPrinterOptions) {
    this.#options = options;
    this.#language = options.view.language;
  }

  start({ program = "", interface: on = "", filter = "", withoutMedia, name }: LiveStart): void {
    if (program === "") this.#note("live.follows", { name });
    else if (withoutMedia === true) this.#note("live.startWithoutMedia", { program, interface: on });
    else this.#note(filter === "" ? "live.start" : "live.startFiltered", { program, interface: on, filter });
  }

  call(call: CallReport, { news, isFinal, isKnown }: LiveCall): void {
    const isCall = call.kind === "call";
    const isWrong = wentWrong(call);
    const isAsked = this.#options.view.only === undefined ? isCall || isWrong : isWrong;
    // Of an exchange that is no call only the end tells whether it went wrong.
    if (isKnown || !isAsked || (!isCall && !isFinal)) return;
    const lines = [liveCall(call, this.#options.view), ...news.flatMap((finding) => this.#finding(finding, call))];
    this.#isAfterGap = lines.at(-1) === "";
    this.#options.print(lines.map((line) => `${line.trimEnd()}\n`).join(""));
  }

  connection(finding: FindingReport): void {
    this.#alone(finding);
  }

  client(finding: FindingReport): void {
    this.#alone(finding);
  }

  /** What there is no call to tell with. */
  #alone(finding: FindingReport): void {
    const lines = [...(this.#isAfterGap ? [] : [""]), ...liveConnection(finding, this.#options.view), ""];
    this.#isAfterGap = true;
    this.#options.print(lines.map((line) => `${line.trimEnd()}\n`).join(""));
  }

  drops({ kernel, interface: byInterface }: Drops): void {
    this.#note("live.drops", { kernel, interface: byInterface });
  }

  end({ report, counts, drops, written, program = "" }: LiveEnd): void {
    const { print, view } = this.#options;
    print(`${this.#isAfterGap ? "" : "\n"}${liveSummary(report, counts, view).join("\n")}\n`);
    if (drops !== undefined) {
      const { captured, kernel, interface: byInterface } = drops;
      const key = kernel + byInterface === 0 ? "live.noDrops" : "live.allDrops";
      this.#note(key, { program, captured, kernel, interface: byInterface });
    }
    if (written !== undefined && written.files > 0) {
      const megabytes = Math.round(written.bytes / 1e4) / 100;
      this.#note("live.written", { files: written.files, megabytes, name: written.latest });
    }
  }

  #finding(finding: FindingReport, call: CallReport): string[] {
    const key = findingKey(finding);
    const first = this.#told.get(key);
    if (first !== undefined) return liveRepeat(finding, first, this.#options.view);
    if (this.#told.size < MAX_TOLD) this.#told.set(key, call.id);
    return ["", ...liveFinding(finding, call, this.#options.view), ""];
  }

  #note(key: string, values: MessageValues): void {
    const { note, view } = this.#options;
    note(
      wrap(helpText(this.#language, key, values), view.width ?? 80)
        .map((line) => `${line}\n`)
        .join(""),
    );
  }
}
