import type { CaptureReport } from "@sipwhy/core";
import { whyUnread } from "@sipwhy/core/view";
import type { InputProblem } from "./readInput.ts";

/** Of an input of whose captures none has a known format. */
export function unknownProblem(captures: readonly CaptureReport[]): InputProblem {
  const reason = whyUnread(captures.flatMap(({ incidents }) => incidents));
  return reason === undefined ? { kind: "not-a-capture" } : { kind: "unread", reason };
}
