import type { AnnotationReport, CallReport } from "../diagnosis/report.ts";
import type { Arrow } from "./ladderModel.ts";

/** Lines of logs that a ladder shows. */
export const notesShown = 60;

/** What logs say between the arrows of a ladder: at `index` the lines before that arrow, at the end those behind the last one. */
export function notesBetween(
  { annotations = [] }: CallReport,
  arrows: readonly Arrow[],
): readonly (readonly AnnotationReport[])[] {
  const places: AnnotationReport[][] = Array.from({ length: arrows.length + 1 }, () => []);
  for (const annotation of annotations.slice(0, notesShown)) {
    const before = arrows.findIndex(({ message }) => isBefore(annotation, message));
    places[before < 0 ? arrows.length : before].push(annotation);
  }
  return places;
}

/** A log has its own order; a message of another capture is told by its time. */
function isBefore(annotation: AnnotationReport, message: Arrow["message"]): boolean {
  if (annotation.capture === message.capture) return annotation.frame < message.frame;
  return annotation.time < message.time;
}
