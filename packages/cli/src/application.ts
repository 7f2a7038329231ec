import type { Language } from "@sipwhy/core/language";
import { wrap } from "@sipwhy/core/view";
import { buildApplication, buildCommand, type Application, type Command } from "@stricli/core";
import { applicationSettings } from "./applicationSettings.ts";
import type { SipwhyContext } from "./context.ts";
import { formats, type Flags, type Format } from "./flags.ts";
import { helpText } from "./helpText.ts";
import { parsedFlag } from "./parsedFlag.ts";
import { sharedFlags } from "./sharedFlags.ts";

/** The command line in one language. What runs is loaded when it runs: help and errors come at once. */
export function applicationFor(language: Language): Application<SipwhyContext> {
  return buildApplication<SipwhyContext>(command(language), applicationSettings(language, "sipwhy"));
}

function command(language: Language): Command<SipwhyContext> {
  const say = (key: string): string => helpText(language, key);
  const shared = sharedFlags(language);
  const usage = (input: string, key: string): { input: string; brief: string } => ({
    input,
    brief: say(`usage.${key}`),
  });
  return buildCommand<Flags, string[], SipwhyContext>({
    loader: async () => {
      const { runWords } = await import("./runWords.ts");
      return function runInContext(flags, ...words) {
        return runWords(this, flags, words);
      };
    },
    parameters: {
      positional: {
        kind: "array",
        minimum: 1,
        parameter: { brief: say("argument.file"), parse: String, placeholder: say("placeholder.file") },
      },
      flags: {
        // Not an enum: its values would not fit beside the other flags in 80 columns.
        format: {
          ...parsedFlag(language, "format", "format", parseFormat),
          proposeCompletions: () => [...formats],
        },
        call: parsedFlag(language, "call", "call"),
        only: shared.only,
        ladder: shared.ladder,
        follow: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.follow") },
        explainInput: shared.explainInput,
        redact: { kind: "boolean", optional: true, withNegated: false, brief: say("flag.redact") },
        failOn: { ...parsedFlag(language, "failOn", "rule", parseRule), variadic: "," },
        credentials: shared.credentials,
        keylog: shared.keylog,
        lang: shared.lang,
        color: shared.color,
        class: parsedFlag(language, "class", "class"),
        width: shared.width,
        port: parsedFlag(language, "port", "number", parsePort),
      },
    },
    docs: {
      brief: say("brief"),
      fullDescription: wrap(say("description"), 80).join("\n"),
      customUsage: [
        usage("call.pcap", "capture"),
        usage("--call 3 --ladder call.pcap", "call"),
        usage("--fail-on any --format json a.pcap b.pcap", "automation"),
        usage("--format html call.pcap > report.html", "html"),
        usage("live", "live"),
        usage("--follow -", "follow"),
        usage("502", "code"),
        usage("202 502", "pair"),
        usage("q850 38", "q850"),
        usage("codes", "codes"),
        usage("search busy", "search"),
        usage("web", "web"),
      ],
    },
  });
}

function parseRule(language: Language, rule: string): string {
  if (rule === "any" || Object.hasOwn(language.rules, rule)) return rule;
  throw new RangeError(helpText(language, "error.ruleUnknown", { rule }));
}

function parseFormat(language: Language, text: string): Format {
  const format = formats.find((each) => each === text);
  if (format !== undefined) return format;
  const values = { flag: "--format", value: text, values: formats.join(", ") };
  throw new RangeError(helpText(language, "error.flagValue", values));
}

function parsePort(language: Language, text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new RangeError(helpText(language, "error.port", { port: text }));
}
