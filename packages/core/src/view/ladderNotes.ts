import type { AnnotationReport, CallReport } from "../diagnosis/report.ts";
import type { Arrow } from "./ladderModel.ts";
import { mediaTexts } from "./mediaText.ts";
import type { Page } from "./page.ts";

/** Lines of logs that a ladder shows. */
export const notesShown = 60;

/** What stands between two arrows of a ladder, across all of its width: it belongs to no lane. May be untrusted. */
export interface LadderNotes {
  /** Audio, video and fax that begin there, before the silence after the arrow above it. */
  readonly media: readonly string[];
  /** Lines of logs. */
  readonly said: readonly string[];
}

/** At `index` the notes before that arrow, at the end those behind the last one. */
export function notesBetween(call: CallReport, arrows: readonly Arrow[], say: Page["say"]): readonly LadderNotes[] {
  const { annotations = [] } = call;
  const places = Array.from({ length: arrows.length + 1 }, () => ({ media: [] as string[], said: [] as string[] }));
  const placeBefore = (isBehind: (message: Arrow["message"]) => boolean): (typeof places)[number] => {
    const index = arrows.findIndex(({ message }) => isBehind(message));
    return places[index < 0 ? arrows.length : index];
  };
  for (const { startTime, text } of mediaTexts(say, call)) placeBefore(({ time }) => startTime < time).media.push(text);
  for (const annotation of annotations.slice(0, notesShown))
    placeBefore((message) => isBefore(annotation, message)).said.push(annotation.text);
  return places;
}

/** A log has its own order; a message of another capture is told by its time. */
function isBefore(annotation: AnnotationReport, message: Arrow["message"]): boolean {
  if (annotation.capture === message.capture) return annotation.frame < message.frame;
  return annotation.time < message.time;
}
