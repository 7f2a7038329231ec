import type { SipwhyContext } from "./context.ts";
import { helpText } from "./helpText.ts";
import type { InputProblem } from "./readInput.ts";
import { tellError } from "./tellError.ts";

/** Says why an input cannot be read; returns the exit code. */
export function tellProblem(context: SipwhyContext, name: string, { kind, reason = "" }: InputProblem): number {
  const shown = name === "-" ? helpText(context.language, "standardInput") : name;
  return tellError(context, `error.input.${kind}`, { name: shown, reason });
}
