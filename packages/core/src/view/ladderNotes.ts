import type { AnnotationReport, CallReport } from "../diagnosis/report.ts";
import { audioTexts } from "./audioText.ts";
import type { Arrow } from "./ladderModel.ts";
import type { Page } from "./page.ts";

/** Lines of logs that a ladder shows. */
export const notesShown = 60;

/** What stands between the arrows of a ladder, across all of its width: it belongs to no lane. */
export interface LadderNote {
  /** May be untrusted. */
  readonly text: string;
  /** Audio that begins there, before the silence after the arrow above it; otherwise a line of a log. */
  readonly isAudio: boolean;
}

/** What logs say between the arrows of a ladder, and audio where it begins: at `index` the notes before that arrow, at the end those behind the last one. */
export function notesBetween(
  call: CallReport,
  arrows: readonly Arrow[],
  say: Page["say"],
): readonly (readonly LadderNote[])[] {
  const { annotations = [], audio = [] } = call;
  const places: LadderNote[][] = Array.from({ length: arrows.length + 1 }, () => []);
  const place = (text: string, isAudio: boolean, isBehind: (message: Arrow["message"]) => boolean): void => {
    const before = arrows.findIndex(({ message }) => isBehind(message));
    places[before < 0 ? arrows.length : before].push({ text, isAudio });
  };
  for (const [index, text] of audioTexts(say, call).entries())
    place(text, true, ({ time }) => audio[index].startTime < time);
  for (const annotation of annotations.slice(0, notesShown))
    place(annotation.text, false, (message) => isBefore(annotation, message));
  return places;
}

/** A log has its own order; a message of another capture is told by its time. */
function isBefore(annotation: AnnotationReport, message: Arrow["message"]): boolean {
  if (annotation.capture === message.capture) return annotation.frame < message.frame;
  return annotation.time < message.time;
}
