import { existsSync } from "node:fs";
import { firstWord } from "../firstWord.ts";

/** What `sipwhy live` is given: undefined where it is not meant, as the first word is another one or the name of a file. */
export function liveArguments(
  args: readonly string[],
  exists: (path: string) => boolean = existsSync,
): readonly string[] | undefined {
  const at = firstWord(args);
  return args[at] === "live" && !exists("live") ? args.toSpliced(at, 1) : undefined;
}
