/** What the shell gets. */
export const exitCodes = {
  fine: 0,
  /** A finding that `--fail-on` asks for. */
  found: 1,
  /** The input, or the command line, could not be read. */
  unreadable: 2,
} as const;
