import type { ViewOptions } from "@sipwhy/core/view";
import type { SipwhyContext } from "../context.ts";
import { colorWanted, widthOf } from "../terminal.ts";
import { JsonPrinter } from "./jsonPrinter.ts";
import type { LiveFlags } from "./liveFlags.ts";
import type { LivePrinter } from "./livePrinter.ts";
import type { StatusLine } from "./statusLine.ts";
import { TextPrinter } from "./textPrinter.ts";

/** What tells of the calls as the flags ask: lines for people, or JSON. */
export function createPrinter(
  { process, language }: SipwhyContext,
  {
    format,
    only,
    ladder,
    explainInput,
    ...flags
  }: Pick<LiveFlags, "format" | "only" | "ladder" | "explainInput" | "color" | "width">,
  status: StatusLine,
): LivePrinter {
  if (format === "json") return new JsonPrinter((line) => void process.stdout.write(line));
  const view: ViewOptions = {
    language,
    only,
    ladder,
    explainInput,
    width: widthOf(flags, process.stdout),
    color: colorWanted(flags, process),
  };
  return new TextPrinter({
    view,
    print: (text) => status.over(() => void process.stdout.write(text)),
    note: (text) => status.over(() => void process.stderr.write(text)),
  });
}
