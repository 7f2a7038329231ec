import { exitCodes } from "./exitCodes.ts";

/** Runs the command line; sets `process.exitCode`: 0 nothing to report, 1 a finding of `--fail-on`, 2 input or usage in error. */
export async function main(args: readonly string[], process: NodeJS.Process): Promise<void> {
  endQuietlyWithoutReader(process);
  if (await lookedUp(args, process)) return;
  const { bytesOfFiles, isWorthAThread } = await import("./secondThread.ts");
  // What is followed is judged as it comes, by one thread.
  if (isWorthAThread(bytesOfFiles(args)) && !args.includes("--follow"))
    (await import("./startJudge.ts")).startJudgeEarly();
  const [{ run }, { chooseLanguage }, { isLive }] = await Promise.all([
    import("@stricli/core"),
    import("./chooseLanguage.ts"),
    import("./live/isLive.ts"),
  ]);
  const language = await chooseLanguage(args, process.env);
  if (isLive(args)) {
    const { liveApplication } = await import("./live/liveApplication.ts");
    await run(liveApplication(language), args.slice(1), { process, language });
  } else {
    const { applicationFor } = await import("./application.ts");
    await run(applicationFor(language), args, { process, language });
  }
  // Stricli tells its own failures by negative codes, which a shell would show as 251 and the like.
  if (Number(process.exitCode) < 0) process.exitCode = exitCodes.unreadable;
}

/** Answers `sipwhy 502` and the like, without options, at once: parsing options would take longer than the look-up. */
async function lookedUp(args: readonly string[], process: NodeJS.Process): Promise<boolean> {
  if (args.some((arg) => arg.startsWith("-"))) return false;
  const { isReference } = await import("./isReference.ts");
  if (!isReference(args)) return false;
  const [{ chosenTag }, { runReference }, { colorWanted, widthOf }] = await Promise.all([
    import("./chosenTag.ts"),
    import("./reference.ts"),
    import("./terminal.ts"),
  ]);
  process.exitCode = await runReference(args, {
    languageTag: chosenTag([], process.env),
    format: "text",
    width: widthOf({}, process.stdout),
    color: colorWanted({}, process),
    stdout: process.stdout,
    stderr: process.stderr,
  });
  return true;
}

/** `sipwhy ... | head` closes the pipe early: that is no error of ours. */
function endQuietlyWithoutReader(process: NodeJS.Process): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}
