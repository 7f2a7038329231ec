import type { Language } from "@sipwhy/core/language";
import type { CommandContext } from "@stricli/core";

/** What a command runs with. */
export interface SipwhyContext extends CommandContext {
  readonly process: NodeJS.Process;
  readonly language: Language;
}
