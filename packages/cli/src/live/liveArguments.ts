import { existsSync } from "node:fs";

/** Flags that may stand before `live` as well as behind it and take the next argument. */
const valueFlags: ReadonlySet<string> = new Set([
  "--format",
  "--only",
  "--credentials",
  "--keylog",
  "--lang",
  "--color",
  "--width",
]);

/** What `sipwhy live` is given: undefined where it is not meant, as the first word is another one or the name of a file. */
export function liveArguments(
  args: readonly string[],
  exists: (path: string) => boolean = existsSync,
): readonly string[] | undefined {
  const at = firstWord(args);
  return args[at] === "live" && !exists("live") ? args.toSpliced(at, 1) : undefined;
}

function firstWord(args: readonly string[]): number {
  let at = 0;
  while (at < args.length && args[at].startsWith("--")) at += valueFlags.has(args[at]) ? 2 : 1;
  return at;
}
