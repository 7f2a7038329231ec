import type { CaptureTally } from "./captureTally.ts";
import type { CallReport, Totals } from "./report.ts";

/** Counts calls as they end. */
export class CallTotals {
  #calls = 0;
  #failedCalls = 0;

  add({ kind, outcome }: Pick<CallReport, "kind" | "outcome">): void {
    if (kind !== "call") return;
    this.#calls++;
    if (outcome.kind === "failed" || outcome.kind === "unanswered") this.#failedCalls++;
  }

  report(tallies: readonly CaptureTally[]): Totals {
    const statusCodes: Record<string, number> = {};
    let requests = 0;
    let responses = 0;
    for (const tally of tallies) {
      requests += tally.requests;
      responses += tally.responses;
      for (const [code, count] of tally.statusCodes) statusCodes[code] = (statusCodes[code] ?? 0) + count;
    }
    const messages = requests + responses;
    return { messages, requests, responses, calls: this.#calls, failedCalls: this.#failedCalls, statusCodes };
  }
}
