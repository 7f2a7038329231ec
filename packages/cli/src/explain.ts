import { once } from "node:events";
import type { CaptureReport, Password, Report } from "@sipwhy/core";
import { redactionList, selectCalls, toldAlike, type ViewOptions } from "@sipwhy/core/view";
import { analyzeInputs } from "./analysis.ts";
import type { SipwhyContext } from "./context.ts";
import { exitCodes } from "./exitCodes.ts";
import type { Flags, Format } from "./flags.ts";
import { helpText } from "./helpText.ts";
import { keyLogOf } from "./keyLogOf.ts";
import { passwordsOf } from "./passwordsOf.ts";
import { Progress } from "./progress.ts";
import { Input } from "./readInput.ts";
import { tellError } from "./tellError.ts";
import { tellProblem } from "./tellProblem.ts";
import { colorWanted, widthOf } from "./terminal.ts";
import { unknownProblem } from "./unknownProblem.ts";

/** Explains the files and prints the report; returns the exit code. */
export async function explain(context: SipwhyContext, flags: Flags, names: readonly string[]): Promise<number> {
  const { process } = context;
  const credentials = passwordsOf(context, flags.credentials);
  const keyLog = keyLogOf(context, flags.keylog);
  if (credentials === undefined || keyLog === undefined) return exitCodes.unreadable;
  const inputs = names.map((name) => new Input(name, process.stdin));
  const readable = inputs.filter(({ problem }) => problem === undefined);
  const report = readable.length === 0 ? undefined : await read(context, flags, { credentials, keyLog }, readable);
  for (const [index, captures] of capturesOfInputs(report).entries()) {
    if (captures.every(({ format }) => format === "unknown")) readable[index].problem ??= unknownProblem(captures);
  }
  for (const { name, problem } of inputs) if (problem !== undefined) tellProblem(context, name, problem);
  if (report === undefined || readable.every(({ problem }) => problem !== undefined)) return exitCodes.unreadable;
  if (flags.call !== undefined && selectCalls(report, { call: flags.call }).calls.length === 0) {
    return tellError(context, "error.callUnknown", { call: flags.call });
  }
  await write(process.stdout, await rendered(context, flags, report));
  if (inputs.some(({ problem }) => problem !== undefined)) return exitCodes.unreadable;
  return isFound(report, flags) ? exitCodes.found : exitCodes.fine;
}

/** In the order of the inputs: one capture, or those of a container. */
function capturesOfInputs(report: Report | undefined): readonly (readonly CaptureReport[])[] {
  const inputs: CaptureReport[][] = [];
  for (const capture of report?.captures ?? []) {
    const before = inputs.at(-1);
    if (capture.container !== undefined && before?.[0].container === capture.container) before.push(capture);
    else inputs.push([capture]);
  }
  return inputs;
}

/** What the user knows and a capture does not tell. None of it gets into a report. */
interface Secrets {
  readonly credentials: readonly Password[];
  readonly keyLog: string;
}

async function read(
  { language, process }: SipwhyContext,
  flags: Flags,
  secrets: Secrets,
  inputs: readonly Input[],
): Promise<Report> {
  const progress = new Progress(language, process.stderr);
  const totalBytes = inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const onChunk = (): void =>
    progress.show(
      inputs.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      totalBytes,
    );
  const report = await analyzeInputs(
    inputs,
    {
      language,
      messages: flags.ladder === true || flags.format === "html",
      standardInput: flags.format === "json" ? "-" : helpText(language, "standardInput"),
      ...secrets,
      toldAlike: isText(flags) ? toldAlike(flags) : undefined,
      // Redaction looks at all calls together.
      inMemory: flags.redact === true,
    },
    onChunk,
  );
  progress.clear();
  return report;
}

/** By the view that tells one failure once, with nothing replaced. */
function isText({ format = "text", redact = false }: Flags): boolean {
  return format === "text" && !redact;
}

function viewOptions(
  { language, process }: SipwhyContext,
  { call, only, ladder, explainInput, ...flags }: Flags,
): ViewOptions {
  return {
    language,
    call,
    only,
    ladder,
    explainInput,
    width: widthOf(flags, process.stdout),
    color: colorWanted(flags, process),
  };
}

/** Piece by piece, as fast as they are taken. */
async function write(stdout: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_LENGTH) continue;
    if (!stdout.write(text)) await once(stdout, "drain");
    text = "";
  }
  stdout.write(text);
}

async function rendered(context: SipwhyContext, flags: Flags, report: Report): Promise<Iterable<string>> {
  const options = viewOptions(context, flags);
  if (flags.redact !== true) return render(flags.format, report, options);
  const { Redactor, redactReport } = await import("@sipwhy/core/redaction");
  // A Call-ID is another one afterwards, an id is not.
  const selected = selectCalls(report, options);
  const call = options.call === undefined ? undefined : selected.calls[0].id;
  const { report: redacted, redactions } = redactReport(selected, context.language, new Redactor());
  context.process.stderr.write(`${redactionList(redactions, context.language)}\n`);
  return render(flags.format, redacted, { ...options, call });
}

async function render(format: Format | undefined, report: Report, options: ViewOptions): Promise<Iterable<string>> {
  const view = await import("@sipwhy/core/view");
  if (format === "json") return view.jsonPieces(report, options);
  if (format === "html") return [view.htmlView(report, options)];
  return [format === "markdown" ? view.markdownView(report, options) : view.textView(report, options)];
}

/** `--only` chooses what is shown, not what counts. */
function isFound(report: Report, { call, failOn = [] }: Flags): boolean {
  const { calls, findings } = selectCalls(report, { call });
  if (failOn.length === 0) return false;
  const rules = new Set(findings.map(({ rule }) => rule));
  for (const each of calls) for (const { rule } of each.findings) rules.add(rule);
  return failOn.some((rule) => (rule === "any" ? rules.size > 0 : rules.has(rule)));
}

const PIECE_LENGTH = 64 * 1024;
