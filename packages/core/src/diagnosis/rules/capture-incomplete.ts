import type { IncidentKind } from "../../capture/incident.ts";
import type { Rule } from "../rule.ts";

const CAUSES: Partial<Record<IncidentKind, Cause>> = {
  "packets-duplicated": "duplicated",
  "one-direction": "one-direction",
  "packets-missing": "packets-dropped",
  "fragments-missing": "packets-dropped",
  "packets-cut": "packets-cut",
  "clock-stepped": "clock-stepped",
  "file-cut": "file-cut",
};

type Cause = "duplicated" | "one-direction" | "packets-dropped" | "packets-cut" | "clock-stepped" | "file-cut";

/** The capture does not hold everything that was on the wire: what a reader must know before believing the rest. Guard G2. */
export const captureIncomplete: Rule<"capture", "capture-incomplete"> = {
  id: "capture-incomplete",
  inspects: "capture",
  citations: [],
  check({ incident, frame }) {
    const cause = CAUSES[incident.kind];
    if (cause === undefined) return undefined;
    const { count, values } = incident;
    return {
      // What was sent before the capture began or after it ended is missing on one side as well.
      verdict: values?.proven === "no" ? "likely" : "certain",
      cause,
      evidence: incident.frame === undefined ? [] : [incident],
      values: { count, frame, bytes: values?.bytes ?? 0 },
    };
  },
};
