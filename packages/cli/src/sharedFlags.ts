import type { Language } from "@sipwhy/core/language";
import type { FlagParametersForType } from "@stricli/core";
import type { SipwhyContext } from "./context.ts";
import type { Flags } from "./flags.ts";
import { parseTag, parseWidth } from "./flagValues.ts";
import { helpText } from "./helpText.ts";
import { parsedFlag } from "./parsedFlag.ts";

/** The flags that captured files and live captures have in common. */
export type SharedFlags = Pick<
  Flags,
  "only" | "ladder" | "explainInput" | "credentials" | "keylog" | "lang" | "color" | "width"
>;

export function sharedFlags(language: Language): FlagParametersForType<SharedFlags, SipwhyContext> {
  const say = (key: string): string => helpText(language, key);
  return {
    only: { kind: "enum", values: ["failed"], optional: true, brief: say("flag.only") },
    ladder: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.ladder") },
    explainInput: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.explainInput") },
    credentials: parsedFlag(language, "credentials", "file"),
    keylog: parsedFlag(language, "keylog", "file"),
    lang: parsedFlag(language, "lang", "lang", parseTag),
    color: { kind: "enum", values: ["auto", "always", "never"], optional: true, brief: say("flag.color") },
    width: parsedFlag(language, "width", "width", parseWidth),
  };
}
