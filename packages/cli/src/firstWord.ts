/** Flags that all commands share and that take the next argument. */
const valueFlags: ReadonlySet<string> = new Set([
  "--format",
  "--only",
  "--credentials",
  "--keylog",
  "--lang",
  "--color",
  "--width",
]);

/** Where the first argument stands that is no flag and no value of one; the number of arguments where there is none. */
export function firstWord(args: readonly string[]): number {
  let at = 0;
  while (at < args.length && args[at].startsWith("--")) at += valueFlags.has(args[at]) ? 2 : 1;
  return at;
}
