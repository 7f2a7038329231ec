import type { CallReport, FindingReport } from "@sipwhy/core";
import { jsonLine } from "@sipwhy/core/view";
import type { Drops } from "./drops.ts";
import type { LiveEnd, LivePrinter, LiveStart } from "./livePrinter.ts";
import type { LiveCall } from "./liveSession.ts";

/** One JSON object a line, told apart by `event`. */
export class JsonPrinter implements LivePrinter {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  start({ program, interface: name, filter }: LiveStart): void {
    this.#event("start", { program, interface: name, filter });
  }

  call(call: CallReport, { news, isFinal }: LiveCall): void {
    this.#event("call", { final: isFinal, news: news.map(({ rule }) => rule), call });
  }

  connection(finding: FindingReport): void {
    this.#event("connection", { finding });
  }

  client(finding: FindingReport): void {
    this.#event("client", { finding });
  }

  drops(drops: Drops): void {
    this.#event("drops", { drops });
  }

  end({ report, counts, drops, written }: LiveEnd): void {
    const { totals, captures, findings: aboutCaptures } = report;
    this.#event("end", { totals, ...counts, captures, aboutCaptures, drops, written });
  }

  #event(event: string, values: object): void {
    this.#write(jsonLine({ event, ...values }));
  }
}
