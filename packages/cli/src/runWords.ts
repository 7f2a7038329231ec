import { existsSync } from "node:fs";
import type { SipwhyContext } from "./context.ts";
import type { Flags } from "./flags.ts";
import { isReference } from "./isReference.ts";
import { referenceProblem } from "./referenceProblem.ts";
import { tellError } from "./tellError.ts";
import { colorWanted, widthOf } from "./terminal.ts";

/** Where `sipwhy web` listens unless told otherwise. */
const webPort = 8060;

/** Looks a code up, serves the site, or explains captures: a word is a file if there is one of that name. */
export async function runWords(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<void> {
  const run = runnerOf(flags, words);
  context.process.exitCode = await run(context, flags, words);
}

function runnerOf(flags: Flags, words: readonly string[]): typeof lookUp {
  if (words[0] === "web" && !existsSync("web")) return serve;
  if (isReference(words)) return lookUp;
  return flags.follow === true ? followInput : explainFiles;
}

async function serve(
  context: SipwhyContext,
  { port = webPort }: Flags,
  [, argument]: readonly string[],
): Promise<number> {
  if (argument !== undefined) return tellError(context, "error.argumentUnexpected", { argument });
  const { process, language } = context;
  const { serveSite } = await import("./web/serveSite.ts");
  return serveSite({ language, port, stdout: process.stdout, stderr: process.stderr });
}

async function lookUp(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<number> {
  const problem = referenceProblem(words);
  if (problem !== undefined) return tellError(context, problem.key, problem.values);
  const { runReference } = await import("./reference.ts");
  const { process, language } = context;
  const { format = "text" } = flags;
  if (format === "html") return tellError(context, "error.referenceFormat");
  return runReference(words, {
    languageTag: language.tag,
    class: flags.class,
    format,
    width: widthOf(flags, process.stdout),
    color: colorWanted(flags, process),
    stdout: process.stdout,
    stderr: process.stderr,
  });
}

async function explainFiles(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<number> {
  const { explain } = await import("./explain.ts");
  return explain(context, flags, words);
}

async function followInput(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<number> {
  const { format, call, failOn, redact } = flags;
  // To pass over one of these would show what was to be replaced, or end with a status that means nothing.
  const isAsked = call !== undefined || failOn !== undefined || redact === true;
  if (words.length !== 1 || format === "markdown" || format === "html" || isAsked)
    return tellError(context, "error.follow");
  const { runFollow } = await import("./live/runFollow.ts");
  return runFollow(context, { ...flags, format }, words[0]);
}
