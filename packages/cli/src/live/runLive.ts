import type { SipwhyContext } from "../context.ts";
import { exitCodes } from "../exitCodes.ts";
import { helpText } from "../helpText.ts";
import { keyLogOf } from "../keyLogOf.ts";
import { passwordsOf } from "../passwordsOf.ts";
import { tellError } from "../tellError.ts";
import type { CaptureChild } from "./captureChild.ts";
import { CaptureFiles } from "./captureFiles.ts";
import { withoutMedia } from "./captureProgram.ts";
import type { LiveFlags } from "./liveFlags.ts";
import { LiveRun } from "./liveRun.ts";
import { type CaptureFailure, openCapture } from "./openCapture.ts";
import { onStopSignals } from "./stopSignals.ts";

/** How often the capturing program is asked what it lost. */
const askEverySeconds = 30;

/** Captures and explains until it is told to stop; returns the exit code. */
export async function runLive(context: SipwhyContext, flags: LiveFlags, words: readonly string[]): Promise<number> {
  if (flags.write === undefined && (flags.rotateSize ?? flags.rotateTime ?? flags.rotateFiles) !== undefined) {
    return tellError(context, "error.live.rotate");
  }
  const credentials = passwordsOf(context, flags.credentials);
  const keyLog = keyLogOf(context, flags.keylog);
  const files = filesOf(context, flags);
  if (credentials === undefined || keyLog === undefined || files?.open() === false) return exitCodes.unreadable;
  const on = flags.interface ?? "any";
  const running: { child?: CaptureChild } = {};
  let seconds = 0;
  const run = new LiveRun(context, flags, {
    name: on,
    credentials,
    keyLog,
    isPrompt: true,
    onTick() {
      if (++seconds % askEverySeconds === 0) running.child?.askForDrops();
      run.tellDrops(running.child?.drops);
    },
  });
  const signals = onStopSignals(context.process);
  const filter = words.length > 0 ? words.join(" ") : withoutMedia;
  const opened = await openCapture({
    interface: on,
    filter,
    program: flags.with,
    isRoot: context.process.getuid?.() === 0,
    path: context.process.env.PATH ?? "",
    stop: signals.stop,
    onBytes(bytes) {
      files?.push(bytes);
      run.push(bytes);
    },
  });
  if ("failure" in opened) {
    files?.discard();
    signals.release();
    return signals.stop.aborted ? exitCodes.fine : tellFailure(context, opened.failure, on);
  }
  const { child } = opened;
  running.child = child;
  context.process.once("exit", () => child.kill());
  signals.whenImpatient(() => child.kill());
  const program = child.program.name;
  run.start({ program, interface: on, filter, withoutMedia: words.length === 0, name: on });
  const { status, signal } = await child.ended;
  signals.release();
  files?.close();
  run.end({ drops: child.drops, written: files?.totals, program });
  if (signals.stop.aborted) return exitCodes.fine;
  return tell(context, "error.live.ended", { program, status: String(status ?? signal ?? "") }, child.message);
}

function filesOf(context: SipwhyContext, flags: LiveFlags): CaptureFiles | undefined {
  if (flags.write === undefined) return undefined;
  const { rotateSize, rotateTime: seconds, rotateFiles: files } = flags;
  const bytes = rotateSize === undefined ? undefined : rotateSize * 1e6;
  return new CaptureFiles(flags.write, { bytes, seconds, files }, (name, reason) =>
    tellError(context, reason === "EEXIST" ? "error.live.exists" : "error.live.write", { name, reason }),
  );
}

function tellFailure(context: SipwhyContext, failure: CaptureFailure, on: string): number {
  const { kind, program = "", path = "", message = "" } = failure;
  const key = kind === "permission" ? `error.live.permission.${program}` : `error.live.${kind}`;
  return tell(context, key, { program, path, interface: on, user: context.process.env.USER ?? "$USER" }, message);
}

/** A sentence of ours, then what the capturing program has to say, as its own words; returns the exit code. */
function tell(
  context: SipwhyContext,
  key: string,
  values: { readonly program: string } & Readonly<Record<string, string>>,
  message: string,
): number {
  const { process, language } = context;
  const code = tellError(context, key, values);
  const lines = message.split("\n").filter((line) => line !== "");
  for (const line of lines.slice(-linesTold)) {
    process.stderr.write(`  ${helpText(language, "live.says", { program: values.program, line })}\n`);
  }
  return code;
}

const linesTold = 20;
