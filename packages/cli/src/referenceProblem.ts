/** What is wrong with the words of a look-up: the sentence of help.json that says it. */
export interface ReferenceProblem {
  readonly key: "error.argumentUnexpected" | "error.flagWithoutValue";
  readonly values: Readonly<Record<string, string>>;
}

/** One word too many, or none where one is needed: `sipwhy 486 600 603`, `sipwhy q850`. */
export function referenceProblem([first, ...others]: readonly string[]): ReferenceProblem | undefined {
  const isComplete = others.length > 0 || first === "codes" || /^\d/u.test(first);
  if (!isComplete) return { key: "error.flagWithoutValue", values: { flag: first } };
  if (first === "search" || others.length < 2) return undefined;
  return { key: "error.argumentUnexpected", values: { argument: others[1] } };
}
