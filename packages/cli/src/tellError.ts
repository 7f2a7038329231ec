import type { MessageValues } from "@sipwhy/core/language";
import type { SipwhyContext } from "./context.ts";
import { exitCodes } from "./exitCodes.ts";
import { helpText } from "./helpText.ts";

/** Says what went wrong, a sentence of content/<lang>/help.json; returns the exit code. */
export function tellError({ process, language }: SipwhyContext, key: string, values?: MessageValues): number {
  process.stderr.write(`sipwhy: ${helpText(language, key, values)}\n`);
  return exitCodes.unreadable;
}
