import type { SipwhyContext } from "../context.ts";
import { exitCodes } from "../exitCodes.ts";
import { helpText } from "../helpText.ts";
import { keyLogOf } from "../keyLogOf.ts";
import { passwordsOf } from "../passwordsOf.ts";
import { type InputProblem, problemOf } from "../readInput.ts";
import { tellProblem } from "../tellProblem.ts";
import { unknownProblem } from "../unknownProblem.ts";
import { growingFile } from "./growingFile.ts";
import type { LiveFlags } from "./liveFlags.ts";
import { LiveRun } from "./liveRun.ts";
import { onStopSignals } from "./stopSignals.ts";

/** Explains calls as they end while somebody else still writes the capture or the log; returns the exit code. */
export async function runFollow(context: SipwhyContext, flags: LiveFlags, name: string): Promise<number> {
  const credentials = passwordsOf(context, flags.credentials);
  const keyLog = keyLogOf(context, flags.keylog);
  if (credentials === undefined || keyLog === undefined) return exitCodes.unreadable;
  const { process, language } = context;
  const shown = name === "-" && flags.format !== "json" ? helpText(language, "standardInput") : name;
  const signals = onStopSignals(process);
  let problem: InputProblem | undefined;
  try {
    const source = name === "-" ? untilStopped(process.stdin, signals.stop) : growingFile(name, signals.stop);
    const run = new LiveRun(context, flags, { name: shown, credentials, keyLog, isPrompt: false });
    problem = await follow(source, run, shown);
  } catch (error) {
    problem = problemOf(error);
  } finally {
    signals.release();
  }
  return problem === undefined ? exitCodes.fine : tellProblem(context, name, problem);
}

/** What has been read is summed up also where reading on fails. */
async function follow(
  source: AsyncIterable<Uint8Array>,
  run: LiveRun,
  name: string,
): Promise<InputProblem | undefined> {
  run.start({ name });
  let problem: InputProblem | undefined;
  try {
    for await (const chunk of source) run.push(chunk);
  } catch (error) {
    problem = problemOf(error);
  }
  const { captures } = run.end({});
  return problem ?? (captures[0].format === "unknown" ? unknownProblem(captures) : undefined);
}

/** What arrives on standard input, until its end or `stop`: a reader that waits must not keep us. */
async function* untilStopped(stdin: NodeJS.ReadStream, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const end = (): void => void stdin.destroy();
  stop.addEventListener("abort", end);
  try {
    for await (const chunk of stdin) yield chunk as Uint8Array;
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    stop.removeEventListener("abort", end);
  }
}
