import type { Language } from "@sipwhy/core/language";
import type { FlagParametersForType } from "@stricli/core";
import type { SipwhyContext } from "./context.ts";
import type { Flags } from "./flags.ts";
import { parseTag, parseWidth } from "./flagValues.ts";
import { helpText } from "./helpText.ts";

/** The flags that captured files and live captures have in common. */
export type SharedFlags = Pick<
  Flags,
  "only" | "ladder" | "explainInput" | "credentials" | "keylog" | "lang" | "color" | "width"
>;

export function sharedFlags(language: Language): FlagParametersForType<SharedFlags, SipwhyContext> {
  const say = (key: string): string => helpText(language, key);
  const file = { kind: "parsed", parse: String, optional: true, placeholder: say("placeholder.file") } as const;
  return {
    only: { kind: "enum", values: ["failed"], optional: true, brief: say("flag.only") },
    ladder: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.ladder") },
    explainInput: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.explainInput") },
    credentials: { ...file, brief: say("flag.credentials") },
    keylog: { ...file, brief: say("flag.keylog") },
    lang: {
      kind: "parsed",
      parse: (tag) => parseTag(language, tag),
      optional: true,
      brief: say("flag.lang"),
      placeholder: say("placeholder.lang"),
    },
    color: { kind: "enum", values: ["auto", "always", "never"], optional: true, brief: say("flag.color") },
    width: {
      kind: "parsed",
      parse: (width) => parseWidth(language, width),
      optional: true,
      brief: say("flag.width"),
      placeholder: say("placeholder.width"),
    },
  };
}
