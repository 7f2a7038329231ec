import type { SipwhyContext } from "./context.ts";
import { exitCodes } from "./exitCodes.ts";
import type { Flags } from "./flags.ts";
import { helpText } from "./helpText.ts";
import { isReference } from "./isReference.ts";
import { colorWanted, widthOf } from "./terminal.ts";

/** Looks a code up, or explains captures: a word is a file if there is one of that name. */
export async function runWords(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<void> {
  const run = isReference(words) ? lookUp : flags.follow === true ? followInput : explainFiles;
  context.process.exitCode = await run(context, flags, words);
}

async function lookUp(context: SipwhyContext, flags: Flags, words: readonly string[]): Promise<number> {
  const { runReference } = await import("./reference.ts");
  const { process, language } = context;
  const { format = "text" } = flags;
  if (format === "html") {
    process.stderr.write(`sipwhy: ${helpText(language, "error.referenceFormat")}\n`);
    return exitCodes.unreadable;
  }
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
  const { format } = flags;
  if (words.length !== 1 || format === "markdown" || format === "html" || flags.call !== undefined) {
    context.process.stderr.write(`sipwhy: ${helpText(context.language, "error.follow")}\n`);
    return exitCodes.unreadable;
  }
  const { runFollow } = await import("./live/runFollow.ts");
  return runFollow(context, { ...flags, format }, words[0]);
}
