import type { OutcomeKind, Verdict } from "../diagnosis/report.ts";
import type { Style } from "./paint.ts";

/** The same marks in every view: never colour alone. */
export const verdictMarks: Readonly<Record<Verdict, string>> = { certain: "●", likely: "◐", indeterminate: "○" };

export const outcomeMarks: Readonly<Record<OutcomeKind, string>> = {
  answered: "✓",
  succeeded: "✓",
  failed: "✗",
  unanswered: "✗",
  busy: "■",
  declined: "⊘",
  cancelled: "↶",
  redirected: "↪",
  "in-progress": "…",
  unknown: "?",
};

/** Colour of an outcome that has no status code to take it from. */
export const outcomeStyles: Readonly<Record<OutcomeKind, Style>> = {
  answered: "2xx",
  succeeded: "2xx",
  failed: "5xx",
  unanswered: "5xx",
  busy: "4xx",
  declined: "6xx",
  cancelled: "4xx",
  redirected: "3xx",
  "in-progress": "1xx",
  unknown: "1xx",
};
