import type { Incident } from "../capture/incident.ts";
import { type ByteSource, unpackGzip } from "../capture/unpackGzip.ts";
import { Analysis, type AnalysisOptions } from "./analysis.ts";
import type { Report } from "./report.ts";

/** One capture to explain. */
export interface AnalyzeInput {
  /** Shown in the report. */
  readonly name: string;
  /** The whole file, or its chunks in order, of any size; packed with gzip or not. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export type AnalyzeOptions = Omit<AnalysisOptions, "names">;

/**
 * Explains captures: which answer each call got, who gave it, why, with proof. Several are merged by time.
 * Whatever the bytes hold, nothing is thrown; what could not be read is in `captures[].incidents`, and `format` is `unknown`
 * for what is no capture. Errors of reading `bytes` are passed on.
 */
export async function analyze(inputs: readonly AnalyzeInput[], options: AnalyzeOptions): Promise<Report> {
  const analysis = new Analysis({ ...options, names: inputs.map(({ name }) => name) });
  const onIncident = (incident: Incident): void => analysis.tell(incident);
  const chunks = inputs.map(({ bytes }, capture) => unpackGzip(iterate(bytes), { capture, onIncident }));
  for (let wanted = inputs.length > 0 ? analysis.wants() : undefined; wanted !== undefined; wanted = analysis.wants()) {
    const next = await chunks[wanted].next();
    if (next.done === true) analysis.end(wanted);
    else analysis.push(wanted, next.value);
    const ready = analysis.ready();
    if (ready !== undefined) await ready;
  }
  return analysis.finishLater();
}

function iterate(bytes: AnalyzeInput["bytes"]): ByteSource {
  if (bytes instanceof Uint8Array) return [bytes].values();
  return Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
}
