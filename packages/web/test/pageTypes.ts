/** One page of each kind, below the language. */
export const pageTypes: readonly string[] = [
  "",
  "codes",
  "codes/502",
  "compare",
  "compare/202-vs-502",
  "compare/480-vs-486",
  "q850",
  "q850/38",
  "warnings",
  "warnings/304",
  "reasons",
  "reasons/Q.850",
  "unregistered",
  "unregistered/477",
  "symptoms",
  "rules",
  "rules/ack-missing",
  "glossary",
  "about",
  "search",
  "offline",
];

/** Those that run a script. */
export const scripted: ReadonlySet<string> = new Set(["", "search"]);
