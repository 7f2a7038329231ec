import { applicationFor } from "./application.ts";
import { run } from "@stricli/core";
import { chooseLanguage } from "./chooseLanguage.ts";
import { exitCodes } from "./exitCodes.ts";

/** Runs the command line; sets `process.exitCode`: 0 nothing to report, 1 a finding of `--fail-on`, 2 input or usage in error. */
export async function main(args: readonly string[], process: NodeJS.Process): Promise<void> {
  endQuietlyWithoutReader(process);
  const language = await chooseLanguage(args, process.env);
  await run(applicationFor(language), args, { process, language });
  // Stricli tells its own failures by negative codes, which a shell would show as 251 and the like.
  if (Number(process.exitCode) < 0) process.exitCode = exitCodes.unreadable;
}

/** `sipwhy ... | head` closes the pipe early: that is no error of ours. */
function endQuietlyWithoutReader(process: NodeJS.Process): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}
