import type { OpenedCapture, OpenOptions } from "../capture/containers/openCaptures.ts";
import { type CaptureInput, openInputs } from "../capture/containers/openInputs.ts";
import { IncidentTally } from "../capture/incidentTally.ts";
import { Analysis, type AnalysisOptions } from "./analysis.ts";
import type { Report } from "./report.ts";

export type AnalyzeInput = CaptureInput;

export interface AnalyzeOptions extends Omit<AnalysisOptions, "names">, OpenOptions {
  /** Called with each chunk of which nothing is kept: it may be written to again. Only with a `judgePort`. */
  onSpare?(chunk: Uint8Array): void;
}

/**
 * Explains captures: which answer each call got, who gave it, why, with proof. Several are merged by time.
 * Whatever the bytes hold, nothing is thrown; what could not be read is in `captures[].incidents`, and `format` is `unknown`
 * for what is no capture. Errors of reading `bytes` are passed on.
 */
export async function analyze(inputs: readonly AnalyzeInput[], options: AnalyzeOptions): Promise<Report> {
  try {
    return await read(inputs, options);
  } catch (error) {
    // The other thread waits for more, and a program does not end while a thread waits.
    options.judgePort?.close();
    throw error;
  }
}

async function read(inputs: readonly AnalyzeInput[], options: AnalyzeOptions): Promise<Report> {
  const captures = await openInputs(inputs, options);
  const analysis = new Analysis({ ...options, names: captures.map(({ name }) => name) });
  for (let wanted = captures.length > 0 ? 0 : undefined; wanted !== undefined; wanted = analysis.wants()) {
    const next = await captures[wanted].chunks.next();
    if (next.done === true) analysis.end(wanted);
    else if (analysis.push(wanted, next.value)) options.onSpare?.(next.value);
    const ready = analysis.ready();
    if (ready !== undefined) await ready;
  }
  for (const [capture, { incidents }] of captures.entries()) {
    const tally = new IncidentTally(capture);
    for (const { kind, values } of incidents) tally.count(kind, undefined, values);
    tally.flush((incident) => analysis.tell(incident));
  }
  return withContainers(await analysis.finishLater(), captures);
}

function withContainers(report: Report, opened: readonly OpenedCapture[]): Report {
  if (opened.every(({ container }) => container === undefined)) return report;
  const captures = report.captures.map(({ name, ...capture }, index) => {
    const { container } = opened[index];
    return container === undefined ? { name, ...capture } : { name, container, ...capture };
  });
  return { ...report, captures };
}
