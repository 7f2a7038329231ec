import type { CallReport } from "../diagnosis/report.ts";
import type { Page } from "./page.ts";

/** More ways are not told. */
const MOST_TOLD = 20;

/** What was seen of the audio of a call, a sentence for each way. */
export function audioTexts(say: Page["say"], { audio = [] }: CallReport): string[] {
  return audio
    .slice(0, MOST_TOLD)
    .map(({ source, destination, protocol, packets, durationSeconds: seconds }) =>
      say("view.audio", { source, destination, protocol, packets, seconds }),
    );
}
