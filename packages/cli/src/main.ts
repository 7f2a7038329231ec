import { existsSync } from "node:fs";
import type { SipwhyContext } from "./context.ts";
import { exitCodes } from "./exitCodes.ts";
import { firstWord } from "./firstWord.ts";

/** Runs the command line; sets `process.exitCode`: 0 nothing to report, 1 a finding of `--fail-on`, 2 input or usage in error. */
export async function main(given: readonly string[], process: NodeJS.Process): Promise<void> {
  endQuietlyWithoutReader(process);
  const args = withHelpAsked(given);
  if (await lookedUp(args, process)) return;
  const { bytesOfFiles, isWorthAThread } = await import("./secondThread.ts");
  // What is followed is judged as it comes, by one thread.
  if (isWorthAThread(bytesOfFiles(args)) && !args.includes("--follow"))
    (await import("./startJudge.ts")).startJudgeEarly();
  const [{ run }, { chooseLanguage }, { liveArguments }] = await Promise.all([
    import("@stricli/core"),
    import("./chooseLanguage.ts"),
    import("./live/liveArguments.ts"),
  ]);
  const language = await chooseLanguage(args, process.env);
  if (await saidEmpty(args, { process, language })) return;
  const ofLive = liveArguments(args);
  if (ofLive !== undefined) {
    const { liveApplication } = await import("./live/liveApplication.ts");
    await run(liveApplication(language), ofLive, { process, language });
  } else {
    const { applicationFor } = await import("./application.ts");
    await run(applicationFor(language), args, { process, language });
  }
  // Stricli tells its own failures by negative codes, which a shell would show as 251 and the like.
  if (Number(process.exitCode) < 0) process.exitCode = exitCodes.unreadable;
}

/** `sipwhy help` and `sipwhy help live` are what people try first. */
function withHelpAsked(args: readonly string[]): readonly string[] {
  const at = firstWord(args);
  return args[at] === "help" && !existsSync("help") ? [...args.toSpliced(at, 1), "--help"] : args;
}

/** The parser would take `--format=` for the name of a file. */
async function saidEmpty(args: readonly string[], { process, language }: SipwhyContext): Promise<boolean> {
  const flags = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const empty = flags.find((arg) => /^--[a-z][a-z-]*=$/u.test(arg));
  if (empty === undefined) return false;
  const { tellError } = await import("./tellError.ts");
  process.exitCode = tellError({ process, language }, "error.flagWithoutValue", { flag: empty.slice(0, -1) });
  return true;
}

/** Answers `sipwhy 502` and the like, without options, at once: parsing options would take longer than the look-up. */
async function lookedUp(args: readonly string[], process: NodeJS.Process): Promise<boolean> {
  if (args.some((arg) => arg.startsWith("-"))) return false;
  const [{ isReference }, { referenceProblem }] = await Promise.all([
    import("./isReference.ts"),
    import("./referenceProblem.ts"),
  ]);
  if (!isReference(args) || referenceProblem(args) !== undefined) return false;
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
