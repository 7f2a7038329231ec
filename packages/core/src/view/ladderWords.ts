import type { CallReport } from "../diagnosis/report.ts";
import { clip } from "./columns.ts";
import type { Arrow, Ladder } from "./ladderModel.ts";
import { notesShown } from "./ladderNotes.ts";
import { visible } from "./page.ts";

/** A shorter silence is not shown. */
const gapSeconds = 2;

/** The label of an arrow, cut to so many columns, with how often it was sent: `INVITE ×3`. */
export function arrowLabel({ message, count }: Arrow, columns: number): string {
  const suffix = count > 1 ? ` ×${count}` : "";
  return clip(visible(message.label, 200), Math.max(3, columns - suffix.length)) + suffix;
}

/** Seconds of silence before an arrow, where they are long enough to be shown. */
export function gapBefore(arrows: readonly Arrow[], index: number): number | undefined {
  const seconds = index === 0 ? 0 : arrows[index].seconds - arrows[index - 1].seconds;
  return seconds >= gapSeconds ? seconds : undefined;
}

/** An address without the port that nearly all have. */
export function shortAddress(address: string): string {
  return address.replace(/:5060$/u, "");
}

/** What is left out of the drawing, a sentence each. */
export function leftOut(
  { annotations = [] }: CallReport,
  { beyond }: Ladder,
  say: (key: string, values: { readonly count: number }) => string,
): string[] {
  const lines = annotations.length - notesShown;
  return [
    ...(lines > 0 ? [say("view.linesHidden", { count: lines })] : []),
    ...(beyond > 0 ? [say("view.messagesHidden", { count: beyond })] : []),
  ];
}
