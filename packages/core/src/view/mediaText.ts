import type { CallReport, MediaReport } from "../diagnosis/report.ts";
import type { Page } from "./page.ts";

/** More ways of one kind are not told. */
const MOST_TOLD = 20;

/** What was seen of the media of a call, each way in a sentence, in order of time. */
export interface MediaText {
  readonly startTime: string;
  readonly text: string;
}

export function mediaTexts(say: Page["say"], { audio, video, fax }: CallReport): MediaText[] {
  const told = (key: "view.audio" | "view.video" | "view.fax", media: readonly MediaReport[] = []): MediaText[] =>
    media
      .slice(0, MOST_TOLD)
      .map(({ source, destination, protocol, packets, startTime, durationSeconds: seconds }) => ({
        startTime,
        text: say(key, { source, destination, protocol, packets, seconds }),
      }));
  return [...told("view.audio", audio), ...told("view.video", video), ...told("view.fax", fax)].toSorted((a, b) =>
    a.startTime.localeCompare(b.startTime),
  );
}
