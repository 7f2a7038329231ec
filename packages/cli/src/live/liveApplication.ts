import type { Language } from "@sipwhy/core/language";
import { wrap } from "@sipwhy/core/view";
import { type Application, buildApplication, buildCommand, type Command } from "@stricli/core";
import { applicationSettings } from "../applicationSettings.ts";
import type { SipwhyContext } from "../context.ts";
import { helpText } from "../helpText.ts";
import { parsedFlag } from "../parsedFlag.ts";
import { sharedFlags } from "../sharedFlags.ts";
import type { LiveFlags } from "./liveFlags.ts";

/** The command line of `sipwhy live` in one language. */
export function liveApplication(language: Language): Application<SipwhyContext> {
  return buildApplication<SipwhyContext>(command(language), applicationSettings(language, "sipwhy live"));
}

function command(language: Language): Command<SipwhyContext> {
  const say = (key: string): string => helpText(language, key);
  const shared = sharedFlags(language);
  const usage = (input: string, key: string): { input: string; brief: string } => ({
    input,
    brief: say(`usage.live.${key}`),
  });
  return buildCommand<LiveFlags, string[], SipwhyContext>({
    loader: async () => {
      const { runLive } = await import("./runLive.ts");
      return async function run(flags, ...words) {
        this.process.exitCode = await runLive(this, flags, words);
      };
    },
    parameters: {
      positional: {
        kind: "array",
        parameter: { brief: say("argument.filter"), parse: String, placeholder: say("placeholder.filter") },
      },
      flags: {
        interface: parsedFlag(language, "interface", "interface"),
        with: { kind: "enum", values: ["tcpdump", "dumpcap"], optional: true, brief: say("flag.with") },
        write: parsedFlag(language, "write", "file"),
        rotateSize: parsedFlag(language, "rotateSize", "number", amountIn(megabytes)),
        rotateTime: parsedFlag(language, "rotateTime", "number", amountIn(seconds)),
        rotateFiles: parsedFlag(language, "rotateFiles", "number", amountIn(plain)),
        format: { kind: "enum", values: ["text", "json"], optional: true, brief: say("flag.liveFormat") },
        only: shared.only,
        ladder: shared.ladder,
        explainInput: shared.explainInput,
        credentials: shared.credentials,
        keylog: shared.keylog,
        lang: shared.lang,
        color: shared.color,
        width: shared.width,
      },
      aliases: { i: "interface", w: "write" },
    },
    docs: {
      brief: say("brief.live"),
      fullDescription: wrap(say("description.live"), 80).join("\n"),
      customUsage: [
        usage("", "plain"),
        usage("-i eth0 port 5060", "filter"),
        usage("--only failed --format json", "json"),
        usage("--write sip.pcap --rotate-size 100 --rotate-files 20", "write"),
      ],
    },
  });
}

type Units = ReadonlyMap<string, number>;

const plain: Units = new Map([["", 1]]);
const megabytes: Units = new Map([
  ["", 1],
  ["M", 1],
  ["G", 1000],
]);
const seconds: Units = new Map([
  ["", 1],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
]);

/** `100`, `1G`, `30m`: a whole number above zero with one of the units. */
function amountIn(units: Units): (language: Language, text: string) => number {
  return (language, text) => {
    const [, digits = "", unit = "?"] = /^(\d{1,9})([a-zA-Z]?)$/u.exec(text) ?? [];
    const factor = units.get(unit) ?? 0;
    if (Number(digits) * factor > 0) return Number(digits) * factor;
    const known = [...units.keys()].filter((each) => each !== "").join(", ");
    throw new RangeError(helpText(language, known === "" ? "error.number" : "error.amount", { text, units: known }));
  };
}
