import type { Password, Report } from "@sipwhy/core";
import type { SipwhyContext } from "../context.ts";
import { helpText } from "../helpText.ts";
import { createPrinter } from "./createPrinter.ts";
import type { Drops } from "./drops.ts";
import { GrowingKeyLog } from "./growingKeyLog.ts";
import { keepHeapSmall } from "./keepHeapSmall.ts";
import type { LiveFlags } from "./liveFlags.ts";
import type { LiveEnd, LivePrinter, LiveStart } from "./livePrinter.ts";
import { LiveSession } from "./liveSession.ts";
import { LiveTally } from "./liveTally.ts";
import { StatusLine } from "./statusLine.ts";

export interface LiveRunOptions {
  /** What the input is called. */
  readonly name: string;
  readonly credentials: readonly Password[];
  /** The TLS key log as it is now. */
  readonly keyLog: string;
  /** What is captured arrives at once. */
  readonly isPrompt: boolean;
  /** Called once a second. */
  onTick?(): void;
}

const tickMillis = 1000;

/** What all live runs share: calls are explained, told, counted and forgotten, and the end is summed up. */
export class LiveRun {
  readonly #context: SipwhyContext;
  readonly #status: StatusLine;
  readonly #printer: LivePrinter;
  readonly #tally: LiveTally = new LiveTally();
  readonly #session: LiveSession;
  readonly #onTick: () => void;
  #ticks: NodeJS.Timeout | undefined;
  #drops: Drops = { captured: 0, kernel: 0, interface: 0 };

  constructor(context: SipwhyContext, flags: LiveFlags, options: LiveRunOptions) {
    const { process, language } = context;
    this.#context = context;
    this.#onTick = (): void => options.onTick?.();
    this.#status = new StatusLine(process.stderr, process.stdout.isTTY && flags.format !== "json");
    this.#printer = createPrinter(context, flags, this.#status);
    const keyLog = flags.keylog === undefined ? undefined : new GrowingKeyLog(flags.keylog);
    this.#session = new LiveSession({
      ...options,
      readKeyLog: keyLog && ((): string => keyLog.read()),
      language,
      messages: flags.ladder === true,
      onCall: (call, told) => {
        if (told.isFinal) this.#tally.add(call);
        this.#printer.call(call, told);
      },
      onConnection: (finding) => this.#printer.connection(finding),
      onClient: (finding) => this.#printer.client(finding),
    });
  }

  push(bytes: Uint8Array): void {
    this.#session.push(bytes);
  }

  start(start: LiveStart): void {
    keepHeapSmall();
    this.#printer.start(start);
    this.#ticks = setInterval(() => {
      this.#session.tick();
      this.#onTick();
      this.#status.show(this.#statusText());
    }, tickMillis);
  }

  /** Says so where more was lost than before. */
  tellDrops(drops: Drops | undefined): void {
    if (drops === undefined || lostIn(drops) <= lostIn(this.#drops)) return;
    this.#drops = drops;
    this.#printer.drops(drops);
  }

  end(end: Omit<LiveEnd, "report" | "counts">): Report {
    clearInterval(this.#ticks);
    this.#status.clear();
    const report = this.#session.finish();
    this.#printer.end({ ...end, report, counts: this.#tally.counts() });
    return report;
  }

  #statusText(): string {
    const { messages, calls, failedCalls: failed } = this.#session.totals;
    const dropped = lostIn(this.#drops);
    const key = dropped > 0 ? "live.statusWithDrops" : "live.status";
    return helpText(this.#context.language, key, { messages, calls, failed, dropped });
  }
}

function lostIn(drops: Drops): number {
  return drops.kernel + drops.interface;
}
